package dev.changelake.envelope;

import static dev.changelake.envelope.FlattenedRows.bytes;
import static dev.changelake.envelope.FlattenedRows.key;
import static dev.changelake.envelope.FlattenedRows.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.changelake.contract.TableMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows without an envelope, in a topic whose contract says so. */
class EnvelopeDecoderFlattenedTest {
  private static final String LEFT_OUT = "\"__debezium_unavailable_value\"";

  private final EnvelopeDecoder pages = new EnvelopeDecoder(FlattenedRows.contract());

  @ParameterizedTest
  @ValueSource(strings = {"r", "c", "u"})
  void takesTheRowAndWhatWasAddedToIt(String operation) {
    // when
    DecodedRecord record = pages.decode(key(), row(operation));
    // then
    assertThat(record.status()).as(record.reason()).isEqualTo(RecordStatus.CHANGE);
    assertThat(record.op()).isEqualTo(operation);
    assertThat(record.lsn()).isEqualTo(5L);
    assertThat(record.txId()).isEqualTo(571L);
    assertThat(record.sourceTsMs()).as("the commit, not the connector's clock").isEqualTo(1000L);
    assertThat(record.key()).containsExactly("k");
    assertThat(record.before()).isNull();
    assertThat(record.after()).containsExactly("k", "a");
  }

  @Test
  void takesARewrittenDeleteWithTheRowBefore() {
    // when
    DecodedRecord record = pages.decode(key(), row("d"));
    // then
    assertThat(record.status()).as(record.reason()).isEqualTo(RecordStatus.CHANGE);
    assertThat(record.op()).isEqualTo("d");
    assertThat(record.before()).containsExactly("k", "a");
    assertThat(record.after()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"__deleted\":\"true\"", "\"__deleted\":true", "\"__op\":\"d\""})
  void takesADeleteHoweverItIsTold(String added) {
    // when
    DecodedRecord record = pages.decode(key(), row(added, "null"));
    // then
    assertThat(record.op()).isEqualTo("d");
    assertThat(record.before()).containsExactly("k", null);
    assertThat(record.lsn()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\"__deleted\":\"false\"", "\"__deleted\":false", "\"__op\":null"})
  void saysNothingOfAnOperationThatIsNotTold(String added) {
    // when
    DecodedRecord record = pages.decode(key(), row(added, "\"a\""));
    // then
    assertThat(record.status()).as(record.reason()).isEqualTo(RecordStatus.CHANGE);
    assertThat(record.op()).isNull();
    assertThat(record.after()).containsExactly("k", "a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\"__op\":\"u\"", "\"__op\":\"c\""})
  void namesWhatIsLeftOutWithAndWithoutAnOperation(String added) {
    // when
    DecodedRecord record = pages.decode(key(), row(added, LEFT_OUT));
    // then
    assertThat(record.unavailable()).containsExactly("body");
    assertThat(record.after()).containsExactly("k", null);
  }

  @Test
  void takesASnapshotsTextForAText() {
    assertThat(pages.decode(key(), row("\"__op\":\"r\"", LEFT_OUT)).after())
        .containsExactly("k", "__debezium_unavailable_value");
  }

  @Test
  void takesTheFieldsOfTheSourceByTheirFullNames() {
    // given
    String added = "\"__source_lsn\":\"7\",\"__source_txId\":8,\"__source_table\":\"pages\"";
    // when
    DecodedRecord record = pages.decode(key(), row(added, "\"a\""));
    // then
    assertThat(record.lsn()).isEqualTo(7L);
    assertThat(record.txId()).isEqualTo(8L);
    assertThat(record.sourceTsMs()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "{\"schema\":{\"type\":\"struct\"},\"payload\":null}"})
  void takesANullOfJsonForADelete(String value) {
    // when
    DecodedRecord record = pages.decode(key(), bytes(value));
    // then
    assertThat(record.status()).as(record.reason()).isEqualTo(RecordStatus.TOMBSTONE);
    assertThat(record.key()).containsExactly("k");
  }

  @Test
  void takesATombstone() {
    assertThat(pages.decode(key(), null).status()).isEqualTo(RecordStatus.TOMBSTONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"__op\":\"x\"|unknown_operation",
        "\"__op\":7|unknown_operation",
        "\"__op\":\"t\"|wrong_image: a truncate with a row",
        "\"__op\":\"m\"|wrong_image: a message with a row",
        "\"__deleted\":\"yes\"|undecodable_value: __deleted is neither true nor false",
        "\"__op\":\"u\",\"__deleted\":\"true\"|wrong_image: __op and __deleted disagree",
        "\"__op\":\"d\",\"__deleted\":\"false\"|wrong_image: __op and __deleted disagree",
        "\"__lsn\":\"0/16B3748\"|undecodable_value: __lsn is not a number",
        "\"__source_ts_ms\":-1|undecodable_value: __source_ts_ms is not a number",
        "\"__table\":\"books\"|foreign_table: source.table is another table",
        "\"__source_table\":\"books\"|foreign_table: source.table is another table",
        "\"_op\":\"c\"|unknown_column: _op",
        "\"op\":\"c\"|unknown_column: op"
      })
  void refusesWhatContradictsOrIsNotTheContracts(String added, String reason) {
    assertThat(pages.decode(key(), row(added, "\"a\"")).reason()).isEqualTo(reason);
  }

  @Test
  void refusesARowOfAnotherKeyAndOneWithoutAKey() {
    assertThat(pages.decode(bytes("{\"code\":\"other\"}"), row("c")).reason())
        .isEqualTo("key_mismatch: code");
    assertThat(pages.decode(null, row("c")).reason()).isEqualTo("missing_key");
    assertThat(pages.decode(null, bytes("null")).reason()).isEqualTo("missing_key");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"before\":null,\"after\":{\"code\":\"k\",\"body\":\"a\"},\"source\":{\"lsn\":9},\"op\":\"c\"}"
            + "|wrong_form: an envelope in a topic whose contract has the form flattened",
        "7|undecodable_value: not an object",
        "[]|undecodable_value: not an object",
        "{}|missing_column: code"
      })
  void refusesWhatIsNoRow(String value, String reason) {
    // when
    DecodedRecord record = pages.decode(key(), bytes(value));
    // then
    assertThat(record.reason()).isEqualTo(reason);
    assertThat(record.key()).containsExactly("k");
  }

  @Test
  void takesAMessageAsControl() {
    // when
    DecodedRecord record =
        pages.decode(
            bytes("{\"prefix\":\"p\"}"),
            bytes("{\"op\":\"m\",\"source\":{\"lsn\":9},\"message\":{\"prefix\":\"p\"}}"));
    // then
    assertThat(record.control()).isEqualTo(ControlKind.MESSAGE);
  }

  @ParameterizedTest
  @CsvSource({"schema", "payload", "source", "op"})
  void takesARowForARowWhateverItsColumnsAreCalled(String name) {
    // given
    EnvelopeDecoder decoder = new EnvelopeDecoder(FlattenedRows.contract(TableMode.MERGE, name));
    // when
    DecodedRecord record =
        decoder.decode(key(), bytes("{\"code\":\"k\",\"%s\":\"c\"}".formatted(name)));
    // then
    assertThat(record.after()).as(record.reason()).containsExactly("k", "c");
  }

  @ParameterizedTest
  @CsvSource({"'',operation_not_allowed", "c,", "u,operation_not_allowed"})
  void anAppendTableTakesWhatIsKnownToBeAnInsert(String operation, String reason) {
    // given
    EnvelopeDecoder decoder = new EnvelopeDecoder(FlattenedRows.contract(TableMode.APPEND, "body"));
    String added = operation.isEmpty() ? "" : "\"__op\":\"%s\"".formatted(operation);
    // when
    DecodedRecord record = decoder.decode(key(), row(added, "\"a\""));
    // then
    assertThat(record.reason())
        .isEqualTo(reason == null ? null : reason + ": the table takes inserts alone");
  }

  @Test
  void anEnvelopesTopicRefusesARowAlone() {
    // when
    DecodedRecord record =
        new EnvelopeDecoder(GoldenRows.contract("companies"))
            .decode(
                bytes("{\"company_id\":42}"),
                bytes("{\"company_id\":42,\"company_name\":\"Ada\",\"__op\":\"c\"}"));
    // then
    assertThat(record.reason())
        .isEqualTo("wrong_form: a row alone in a topic whose contract has the form envelope");
    assertThat(record.key()).containsExactly(42L);
  }
}
