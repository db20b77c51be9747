package dev.changelake.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.changelake.contract.ColumnType;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The placeholders of arrays and maps, as Debezium 3.6.1 sent them for a table of PostgreSQL 18
 * whose large values an update left as they were.
 */
class WireUnavailableTest {
  private static final String NUMBERS =
      "[95,95,100,101,98,101,122,105,117,109,95,117,110,97,118,97,105,108,97,98,108,101,95,118,97,"
          + "108,117,101]";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "array<string>|[\"__debezium_unavailable_value\"]",
        "array<string>|[\"b68a35a7-17ad-35b3-af2a-ae46edb4545a\"]",
        "array<binary>|[\"X19kZWJleml1bV91bmF2YWlsYWJsZV92YWx1ZQ==\"]",
        "array<int>|" + NUMBERS,
        "array<bigint>|" + NUMBERS,
        "array<date>|" + NUMBERS,
        "array<decimal(18,2)>|\"__debezium_unavailable_value\"",
        "map<string,string>|{\"__debezium_unavailable_value\":\"__debezium_unavailable_value\"}",
        "map<string,string>|\"{\\\"__debezium_unavailable_value\\\":\\\"__debezium_unavailable_value\\\"}\""
      })
  void takesThePlaceholderForAValueThatIsNotKnown(String type, String json) throws IOException {
    // when, then
    assertThat(isPlaceholder(type, json)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "array<string>|[]",
        "array<string>|[null]",
        "array<string>|[\"__debezium_unavailable_value\",null]",
        "array<string>|[\"__debezium_unavailable_value\",\"__debezium_unavailable_value\"]",
        "array<string>|[\"__debezium_unavailable_value \"]",
        "array<string>|[\"X19kZWJleml1bV91bmF2YWlsYWJsZV92YWx1ZQ==\"]",
        "array<string>|[\"B68A35A7-17AD-35B3-AF2A-AE46EDB4545A\"]",
        "array<string>|" + NUMBERS,
        "array<binary>|[\"__debezium_unavailable_value\"]",
        "array<int>|[95,95,100]",
        "array<double>|" + NUMBERS,
        "array<timestamp>|" + NUMBERS,
        "array<boolean>|[\"__debezium_unavailable_value\"]",
        "bigint|" + NUMBERS,
        "string|[\"__debezium_unavailable_value\"]",
        "map<string,string>|{\"__debezium_unavailable_value\":null}",
        "map<string,string>|{\"__debezium_unavailable_value\":\"__debezium_unavailable_value\",\"a\":\"b\"}",
        "map<string,string>|[\"__debezium_unavailable_value\"]"
      })
  void takesWhatOnlyLooksLikeThePlaceholderAsItIs(String type, String json) throws IOException {
    // when, then
    assertThat(isPlaceholder(type, json)).isFalse();
  }

  private static boolean isPlaceholder(String type, String json) throws IOException {
    JsonNode node = WireValues.parse(json).payload();
    return WireUnavailable.is(ColumnType.parse(type), node);
  }
}
