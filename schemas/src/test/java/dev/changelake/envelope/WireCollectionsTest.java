package dev.changelake.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Arrays and maps; forms as Debezium writes them are in {@code DebeziumFormsTest}. */
class WireCollectionsTest {
  private static final String TEXTS = "{\"type\":\"array\",\"items\":{\"type\":\"string\"}}";
  private static final String MAP =
      "{\"type\":\"map\",\"keys\":{\"type\":\"string\"},\"values\":{\"type\":\"string\"}}";
  private static final String JSON = "{\"type\":\"string\",\"name\":\"io.debezium.data.Json\"}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "array<int>|[]|[]",
        "array<int>|[1,null,-2]|[1, null, -2]",
        "array<int>|[1.0]|type_mismatch",
        "array<int>|[2147483648]|type_mismatch",
        "array<int>|[\"1\"]|type_mismatch",
        "array<int>|[[1]]|type_mismatch",
        "array<int>|1|type_mismatch",
        "array<int>|\"[1]\"|type_mismatch",
        "array<int>|{\"0\":1}|type_mismatch",
        "array<string>|[\"a\",null,\"null\"]|[a, null, null]",
        "array<string>|[\"\\ud800\"]|type_mismatch",
        "array<string>|[{}]|type_mismatch",
        "array<string>|[\"[Ljava.lang.String;@1392785c\"]|type_mismatch",
        "array<string>|[\"[Ljava.lang.String;@1392785c is text\"]|[[Ljava.lang.String;@1392785c is text]",
        "array<date>|[18435,\"2020-06-22Z\"]|[2020-06-22, 2020-06-22]",
        "array<time>|[\"04:05:06Z\"]|[04:05:06.000000]",
        "array<time>|[null,1]|type_mismatch",
        "array<timestamp_ntz>|[1592820930123456]|type_mismatch",
        "array<timestamp>|[\"2020-06-22T12:15:30+02:00\"]|[2020-06-22T10:15:30Z]",
        "array<decimal(4,2)>|[\"Cg==\",0.1,{\"scale\":1,\"value\":\"AQ==\"}]|[0.10, 0.10, 0.10]",
        "array<decimal(4,2)>|[123]|decimal_overflow",
        "array<decimal(4,2)>|[\"NaN\"]|special_value",
        "array<double>|[-0.0,\"NaN\"]|[-0.0, NaN]",
        "array<binary>|[\"AAH/\",\"\"]|[0001ff, ]",
        "map<string,string>|{}|{}",
        "map<string,string>|{\"a\":\"1\",\"\":null}|{a=1, =null}",
        "map<string,string>|\"{}\"|{}",
        "map<string,string>|\"{\\\"a\\\":\\\"1\\\",\\\"\\\":null}\"|{a=1, =null}",
        "map<string,string>|\"{\\\"schema\\\":\\\"a\\\",\\\"payload\\\":\\\"b\\\"}\"|{schema=a, payload=b}",
        "map<string,string>|{\"a\":1}|type_mismatch",
        "map<string,string>|{\"a\":{}}|type_mismatch",
        "map<string,string>|{\"a\":\"\\ud800\"}|type_mismatch",
        "map<string,string>|{\"\\ud800\":\"a\"}|type_mismatch",
        "map<string,string>|[[\"a\",\"b\"]]|type_mismatch",
        "map<string,string>|\"{\\\"a\\\":1}\"|type_mismatch",
        "map<string,string>|\"{\\\"a\\\":{\\\"b\\\":\\\"c\\\"}}\"|type_mismatch",
        "map<string,string>|\"{\\\"a\\\":\\\"1\\\",\\\"a\\\":\\\"2\\\"}\"|type_mismatch",
        "map<string,string>|\"{\\\"a\\\":\\\"1\\\"} x\"|type_mismatch",
        "map<string,string>|\"[]\"|type_mismatch",
        "map<string,string>|\"a=>1\"|type_mismatch",
        "map<string,string>|\"null\"|type_mismatch",
        "map<string,string>|\"\"|type_mismatch"
      })
  void readsByTheContractWithoutASchema(String type, String json, String expected)
      throws IOException {
    // when, then
    assertThat(WireValues.outcome(type, json, null)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "array<string>|[\"1\"]|{\"type\":\"array\",\"items\":{\"type\":\"string\",\"name\":\"x\"}}|[1]",
        "array<string>|[\"1\"]|{\"type\":\"array\",\"items\":{\"type\":\"bytes\"}}|type_mismatch",
        "array<string>|[\"1\"]|{\"type\":\"array\",\"name\":\"x\",\"items\":{\"type\":\"string\"}}|type_mismatch",
        "array<string>|[\"1\"]|{\"type\":\"array\"}|type_mismatch",
        "array<string>|[\"1\"]|{\"type\":\"string\"}|type_mismatch",
        "array<string>|\"1\"|{\"type\":\"string\"}|type_mismatch",
        "array<string>|{}|" + MAP + "|type_mismatch",
        "array<bigint>|[1]|" + TEXTS + "|type_mismatch",
        "array<time>|[1]|{\"type\":\"array\",\"items\":{\"type\":\"int64\"}}|type_mismatch",
        "map<string,string>|{\"a\":null}|" + MAP + "|{a=null}",
        "map<string,string>|\"{}\"|" + MAP + "|type_mismatch",
        "map<string,string>|\"{}\"|" + JSON + "|{}",
        "map<string,string>|{}|" + JSON + "|type_mismatch",
        "map<string,string>|\"{}\"|{\"type\":\"string\"}|type_mismatch",
        "map<string,string>|{}|{\"type\":\"struct\",\"fields\":[]}|type_mismatch",
        "map<string,string>|{}|{\"type\":\"map\"}|type_mismatch",
        "map<string,string>|{}|{\"type\":\"map\",\"keys\":{\"type\":\"string\"},\"values\":{\"type\":\"bytes\"}}|type_mismatch",
        "map<string,string>|[]|" + TEXTS + "|type_mismatch",
        "string|[\"a\"]|" + TEXTS + "|type_mismatch",
        "string|{\"a\":\"b\"}|" + MAP + "|type_mismatch",
        "string|\"{}\"|" + JSON + "|{}"
      })
  void holdsTheSchemaAgainstTheContract(String type, String json, String schema, String expected)
      throws IOException {
    // when, then
    assertThat(WireValues.outcome(type, json, schema)).isEqualTo(expected);
  }

  @Test
  void saysThatAnElementIsWrongAndWhatToDo() {
    // when, then
    assertThatThrownBy(() -> WireValues.decode("array<time>", "[null,5]", null))
        .hasMessage(
            "an element of it is not exactly a time (sent as number): a number without a schema has"
                + " no unit");
    assertThatThrownBy(
            () -> WireValues.decode("array<string>", "[\"[[Ljava.util.UUID;@47e9cfb3\"]", TEXTS))
        .hasMessage(
            "an element of it is not exactly a string (sent as string): Debezium cannot send an"
                + " array of several dimensions");
  }

  @Test
  void givesCellsThatNobodyCanChange() throws Exception {
    // given
    DecodedRecord record =
        new EnvelopeDecoder(TypesTable.contract())
            .decode(TypesTable.key(true), TypesTable.value("c", true));

    // when, then
    assertThat(record.after()[12]).isEqualTo(TypesTable.row().get("an_array"));
    assertThatThrownBy(() -> ((List<?>) record.after()[12]).clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> ((Map<?, ?>) record.after()[13]).clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
