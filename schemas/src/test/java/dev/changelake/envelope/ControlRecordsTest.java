package dev.changelake.envelope;

import static dev.changelake.envelope.FlattenedRows.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.changelake.contract.Column;
import dev.changelake.contract.RecordForm;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What Debezium writes beside changes, in the shapes of its SchemaFactory and its channels. */
class ControlRecordsTest {
  private static final String SOURCE =
      "{\"version\":\"3.6.1.Final\",\"connector\":\"postgresql\",\"name\":\"b2b\",\"ts_ms\":1,"
          + "\"snapshot\":\"false\",\"db\":\"shop\",\"schema\":\"public\",\"table\":\"%s\",\"lsn\":9}";
  private static final String TRANSACTION =
      "{\"status\":\"%s\",\"id\":\"571:53195829\",\"event_count\":%s,\"data_collections\":%s,\"ts_ms\":1}";
  private static final String SIGNAL_ROW = "{\"id\":\"ad-hoc\",\"type\":\"%s\",\"data\":%s}";

  private final EnvelopeDecoder items =
      new EnvelopeDecoder(CorpusVerdicts.contract("items", text("note")));
  private final EnvelopeDecoder flattened =
      new EnvelopeDecoder(CorpusVerdicts.contract(RecordForm.FLATTENED, "items", text("note")));

  static Stream<Arguments> records() {
    return Stream.of(
        Arguments.of(ControlKind.HEARTBEAT, "{\"serverName\":\"b2b\"}", "{\"ts_ms\":1}"),
        Arguments.of(
            ControlKind.TRANSACTION,
            "{\"id\":\"571:53195829\"}",
            TRANSACTION.formatted("BEGIN", null, null)),
        Arguments.of(
            ControlKind.TRANSACTION,
            "{\"id\":\"571:53195829\"}",
            TRANSACTION.formatted(
                "END", 2, "[{\"data_collection\":\"public.items\",\"event_count\":2}]")),
        Arguments.of(
            ControlKind.SCHEMA_CHANGE,
            "{\"databaseName\":\"shop\"}",
            "{\"source\":%s,\"ts_ms\":1,\"databaseName\":\"shop\",\"schemaName\":null,"
                    .formatted(SOURCE.formatted("items"))
                + "\"ddl\":\"ALTER TABLE items ADD note text\",\"tableChanges\":[]}"),
        Arguments.of(
            ControlKind.NOTIFICATION,
            "{\"id\":\"c485\"}",
            "{\"id\":\"c485\",\"type\":\"COMPLETED\",\"aggregate_type\":\"Initial Snapshot\","
                + "\"additional_data\":{\"connector_name\":\"b2b\"},\"timestamp\":1}"),
        Arguments.of(
            ControlKind.MESSAGE,
            "{\"prefix\":\"p\"}",
            "{\"op\":\"m\",\"source\":%s,\"message\":{\"prefix\":\"p\"}}"
                .formatted(SOURCE.formatted(""))));
  }

  @ParameterizedTest
  @MethodSource("records")
  void areControlInEitherForm(ControlKind kind, String key, String value) {
    assertThat(items.decode(bytes(key), bytes(value)).control()).isEqualTo(kind);
    assertThat(flattened.decode(bytes(key), bytes(value)).control()).isEqualTo(kind);
  }

  @ParameterizedTest
  @MethodSource("records")
  void areControlWithTheirSchemaToo(ControlKind kind, String key, String value) {
    // given
    String message = "{\"schema\":{\"type\":\"struct\",\"fields\":[]},\"payload\":%s}";
    // when
    DecodedRecord record =
        items.decode(bytes(message.formatted(key)), bytes(message.formatted(value)));
    // then
    assertThat(record.control()).isEqualTo(kind);
    assertThat(record.status()).isEqualTo(RecordStatus.CONTROL);
    assertThat(record.key()).isNull();
    assertThat(record.reason()).isNull();
  }

  @ParameterizedTest
  @MethodSource("records")
  void areNothingWithOneFieldMoreOrUnderAnotherKey(ControlKind kind, String key, String value) {
    // when
    DecodedRecord more =
        items.decode(bytes(key), bytes(value.replaceFirst("}$", ",\"note\":null}")));
    DecodedRecord otherKey = items.decode(bytes("{\"id\":42}"), bytes(value));
    DecodedRecord keyless = items.decode(null, bytes(value));
    // then: a message is known by its operation alone, whatever its key is
    boolean message = kind == ControlKind.MESSAGE;
    assertThat(Stream.of(more, otherKey, keyless).map(DecodedRecord::status))
        .containsOnly(message ? RecordStatus.CONTROL : RecordStatus.QUARANTINED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "c|execute-snapshot|\"{}\"",
        "c|snapshot-window-open|null",
        "u|log|\"{}\"",
        "d|snapshot-window-open|null"
      })
  void signalsAreControl(String operation, String type, String data) {
    // given
    String value = signal("signals", operation, SIGNAL_ROW.formatted(type, data));
    // when
    DecodedRecord record = items.decode(bytes("{\"id\":\"ad-hoc\"}"), bytes(value));
    // then
    assertThat(record.control()).isEqualTo(ControlKind.SIGNAL);
    assertThat(record.op()).isEqualTo(operation);
    assertThat(record.lsn()).isEqualTo(9L);
    assertThat(record.after()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "items|{\"id\":\"ad-hoc\"}|{\"id\":\"ad-hoc\",\"type\":\"log\",\"data\":null}",
        "signals|{\"id\":\"ad-hoc\"}|{\"id\":\"ad-hoc\",\"type\":\"invoice\",\"data\":null}",
        "signals|{\"id\":\"ad-hoc\"}|{\"id\":\"ad-hoc\",\"type\":\"log\",\"data\":null,\"note\":null}",
        "signals|{\"id\":\"ad-hoc\"}|{\"id\":\"ad-hoc\",\"type\":\"log\"}",
        "signals|{\"id\":\"other\"}|{\"id\":\"ad-hoc\",\"type\":\"log\",\"data\":null}",
        "signals|{\"id\":7}|{\"id\":7,\"type\":\"log\",\"data\":null}"
      })
  void whatOnlyLooksLikeASignalIsNone(String table, String key, String row) {
    assertThat(items.decode(bytes(key), bytes(signal(table, "c", row))).status())
        .isEqualTo(RecordStatus.QUARANTINED);
  }

  @Test
  void aFlattenedSignalIsControlIfItTellsItsTable() {
    // given
    String row = "{\"id\":\"ad-hoc\",\"type\":\"log\",\"data\":null%s}";
    byte[] key = bytes("{\"id\":\"ad-hoc\"}");
    // when
    DecodedRecord told =
        flattened.decode(key, bytes(row.formatted(",\"__op\":\"c\",\"__table\":\"signals\"")));
    DecodedRecord untold = flattened.decode(key, bytes(row.formatted("")));
    // then
    assertThat(told.control()).isEqualTo(ControlKind.SIGNAL);
    assertThat(untold.status()).isEqualTo(RecordStatus.QUARANTINED);
  }

  @Test
  void whatCouldBeARowOfTheTableIsNone() {
    // given
    EnvelopeDecoder beats =
        new EnvelopeDecoder(
            CorpusVerdicts.contract(
                RecordForm.FLATTENED, "beats", WireValues.column("ts_ms", "bigint", true)));
    // when
    DecodedRecord record = beats.decode(bytes("{\"serverName\":\"b2b\"}"), bytes("{\"ts_ms\":1}"));
    // then
    assertThat(record.status()).isEqualTo(RecordStatus.QUARANTINED);
  }

  private static String signal(String table, String operation, String row) {
    boolean deletes = operation.equals("d");
    return "{\"before\":%s,\"after\":%s,\"source\":%s,\"op\":\"%s\",\"ts_ms\":1}"
        .formatted(deletes ? row : null, deletes ? null : row, SOURCE.formatted(table), operation);
  }

  private static Column text(String name) {
    return WireValues.column(name, "string", true);
  }
}
