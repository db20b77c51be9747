package dev.changelake.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bytes, and the placeholder for values that the source left out. */
class WireBinaryTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "|\"\"|''",
        "|\"AAH/\"|0001ff",
        "|\"AQ==\"|01",
        "|\"AQ\"|type_mismatch",
        "|\"AQ=\"|type_mismatch",
        "|\"A===\"|type_mismatch",
        "|\"AAH_\"|type_mismatch",
        "|\"AAH/\\n\"|type_mismatch",
        "|\"\u00e4AH/\"|type_mismatch",
        "|17|type_mismatch",
        "|[1]|type_mismatch",
        "{\"type\":\"bytes\"}|\"AAH/\"|0001ff",
        "{\"type\":\"bytes\",\"name\":\"io.debezium.data.Bits\"}|\"qww=\"|ab0c",
        "{\"type\":\"bytes\",\"name\":\"org.apache.kafka.connect.data.Decimal\"}|\"AQ==\"|type_mismatch",
        "{\"type\":\"string\"}|\"AAH/\"|type_mismatch",
        "{\"type\":\"string\"}|\"0001ff\"|type_mismatch",
        "{\"type\":\"array\"}|\"AAH/\"|type_mismatch"
      })
  void readsBase64(String schema, String json, String expected) throws IOException {
    // when
    String outcome = WireValues.outcome("binary", json, schema);

    // then
    assertThat(outcome).isEqualTo(expected);
  }

  @Test
  void saysWhatToSetForText() {
    // when, then
    assertThatThrownBy(() -> WireValues.decode("binary", "\"00ff\"", "{\"type\":\"string\"}"))
        .hasMessage(
            "it is not exactly a binary (sent as string): text has no encoding, set"
                + " binary.handling.mode=bytes");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a_string|\"__debezium_unavailable_value\"",
        "a_string|\"{\\\"__debezium_unavailable_value\\\":\\\"__debezium_unavailable_value\\\"}\"",
        "a_string|{\"__debezium_unavailable_value\":\"__debezium_unavailable_value\"}",
        "a_binary|\"X19kZWJleml1bV91bmF2YWlsYWJsZV92YWx1ZQ==\"",
        "a_binary|\"5f5f646562657a69756d5f756e617661696c61626c655f76616c7565\"",
        "a_binary|\"__debezium_unavailable_value\"",
        "a_decimal|\"__debezium_unavailable_value\""
      })
  void takesThePlaceholderForAValueThatIsNotKnown(String column, String json) {
    // given
    EnvelopeDecoder decoder = new EnvelopeDecoder(TypesTable.contract());
    String rest = column.equals("a_string") ? "" : ",\"a_string\":\"Ada\"";
    String image = "{\"id\":7,\"" + column + "\":" + json + rest + "}";

    // when
    DecodedRecord update = decoder.decode(TypesTable.key(false), envelope("u", null, image));
    DecodedRecord changedKey = decoder.decode(TypesTable.key(false), envelope("c", null, image));
    DecodedRecord delete = decoder.decode(TypesTable.key(false), envelope("d", image, null));
    DecodedRecord before =
        decoder.decode(TypesTable.key(false), envelope("u", image, "{\"id\":7}"));

    // then
    Object[] known = new Object[TypesTable.contract().columns().size()];
    known[0] = 7L;
    known[3] = rest.isEmpty() ? null : "Ada";
    assertThat(update.status()).as(update.reason()).isEqualTo(RecordStatus.CHANGE);
    assertThat(update.unavailable()).containsExactly(column);
    assertThat(update.after()).isEqualTo(known);
    assertThat(delete.before()).as(delete.reason()).isEqualTo(known);
    assertThat(before.before()).as(before.reason()).isEqualTo(known);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "u|a_string|\"X19kZWJleml1bV91bmF2YWlsYWJsZV92YWx1ZQ==\"",
        "u|a_string|\"5f5f646562657a69756d5f756e617661696c61626c655f76616c7565\"",
        "u|a_string|\"__debezium_unavailable_value \"",
        "u|a_string|\"x__debezium_unavailable_value\"",
        "r|a_string|\"__debezium_unavailable_value\""
      })
  void takesWhatOnlyLooksLikeThePlaceholderAsItIs(String operation, String column, String json)
      throws IOException {
    // given
    String image = "{\"id\":7,\"" + column + "\":" + json + "}";

    // when
    DecodedRecord record =
        new EnvelopeDecoder(TypesTable.contract())
            .decode(TypesTable.key(false), envelope(operation, null, image));

    // then
    assertThat(record.after()[3]).isEqualTo(WireValues.parse(json).payload().textValue());
  }

  @Test
  void takesBytesOfASnapshotThatSpellThePlaceholder() {
    // given
    String image = "{\"id\":7,\"a_binary\":\"X19kZWJleml1bV91bmF2YWlsYWJsZV92YWx1ZQ==\"}";

    // when
    DecodedRecord record =
        new EnvelopeDecoder(TypesTable.contract())
            .decode(TypesTable.key(false), envelope("r", null, image));

    // then
    assertThat(record.after()[11])
        .isEqualTo("__debezium_unavailable_value".getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] envelope(String operation, String before, String after) {
    return "{\"before\":%s,\"after\":%s,\"source\":{\"table\":\"types\",\"lsn\":5},\"op\":\"%s\"}"
        .formatted(before, after, operation)
        .getBytes(StandardCharsets.UTF_8);
  }
}
