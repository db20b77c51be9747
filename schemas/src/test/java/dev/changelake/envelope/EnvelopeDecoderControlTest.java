package dev.changelake.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changelake.contract.Column;
import dev.changelake.contract.ColumnType;
import dev.changelake.contract.Computed;
import dev.changelake.contract.RecordForm;
import dev.changelake.contract.TableContract;
import dev.changelake.contract.TableMode;
import dev.changelake.contract.UnavailablePolicy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Records that say less than a row, or more than one: left-out values and truncates. */
class EnvelopeDecoderControlTest {
  private static final String LEFT_OUT = "\"__debezium_unavailable_value\"";
  private static final String KEY = "{\"code\":\"k\"}";

  private final EnvelopeDecoder pages = new EnvelopeDecoder(contract(TableMode.MERGE));

  @Test
  void namesTheColumnsThatAnUpdateLeavesOutAndWhatIsWorkedOutFromThem() {
    // when
    DecodedRecord update = decode(KEY, "u", row("\"k\"", LEFT_OUT));
    // then
    assertThat(update.status()).isEqualTo(RecordStatus.CHANGE);
    assertThat(update.unavailable()).containsExactly("agent", "device");
    assertThat(update.after()).containsExactly("k", null, null);
  }

  @Test
  void takesAKeyThatDidNotChangeFromTheKey() {
    // when
    DecodedRecord update = decode(KEY, "u", row(LEFT_OUT, "\"a\""));
    // then
    assertThat(update.unavailable()).isEmpty();
    assertThat(update.after()).containsExactly("k", "a", null);
  }

  @Test
  void refusesAKeyThatIsLeftOutItself() {
    // when
    DecodedRecord update = decode("{\"code\":" + LEFT_OUT + "}", "u", row(LEFT_OUT, "\"a\""));
    // then
    assertThat(update.reason()).isEqualTo("unavailable_value: code");
  }

  @Test
  void namesWhatTheSecondHalfOfAChangedKeyLeavesOut() {
    assertThat(decode(KEY, "c", row("\"k\"", LEFT_OUT)).unavailable())
        .containsExactly("agent", "device");
  }

  @Test
  void takesTheSameTextForATextInASnapshot() {
    // when
    DecodedRecord record = decode(KEY, "r", row("\"k\"", LEFT_OUT));
    // then
    assertThat(record.unavailable()).isEmpty();
    assertThat(record.after()[1]).isEqualTo("__debezium_unavailable_value");
  }

  @Test
  void refusesAnAppendTablesInsertThatLeavesAValueOut() {
    // when
    DecodedRecord record =
        new EnvelopeDecoder(contract(TableMode.APPEND))
            .decode(bytes(KEY), bytes(envelope("c", row("\"k\"", LEFT_OUT))));
    // then
    assertThat(record.reason()).isEqualTo("unavailable_value: agent, device");
  }

  @Test
  void readsATruncateWithoutKey() {
    // when
    DecodedRecord truncate = decode(null, "t", null);
    // then
    assertThat(truncate.status()).isEqualTo(RecordStatus.TRUNCATE);
    assertThat(truncate.lsn()).isEqualTo(5L);
    assertThat(truncate.key()).isNull();
  }

  @Test
  void refusesATruncateOfARow() {
    assertThat(decode(null, "t", row("\"k\"", "null")).reason())
        .isEqualTo("wrong_image: a truncate with a row");
  }

  @Test
  void refusesATruncateOfAnotherTable() {
    // when
    DecodedRecord truncate =
        pages.decode(null, bytes("{\"op\":\"t\",\"source\":{\"table\":\"other\",\"lsn\":5}}"));
    // then
    assertThat(truncate.reason()).startsWith("foreign_table");
  }

  @Test
  void refusesATruncateOfAnAppendTable() {
    // when
    DecodedRecord truncate =
        new EnvelopeDecoder(contract(TableMode.APPEND)).decode(null, bytes(envelope("t", null)));
    // then
    assertThat(truncate.reason()).isEqualTo("operation_not_allowed: the table takes inserts alone");
  }

  private DecodedRecord decode(String key, String op, String after) {
    return pages.decode(key == null ? null : bytes(key), bytes(envelope(op, after)));
  }

  private static String row(String code, String agent) {
    return "{\"code\":%s,\"agent\":%s}".formatted(code, agent);
  }

  private static String envelope(String op, String after) {
    return "{\"op\":\"%s\",\"after\":%s,\"source\":{\"table\":\"pages\",\"lsn\":5}}"
        .formatted(op, after);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static TableContract contract(TableMode mode) {
    return new TableContract(
        "pages",
        "b2b.public.pages",
        mode,
        List.of("code"),
        List.of(
            column("code", false, Optional.empty()),
            column("agent", true, Optional.empty()),
            column(
                "device", true, Optional.of(new Computed(Computed.Computation.DEVICE, "agent")))),
        Optional.empty(),
        List.of(),
        UnavailablePolicy.QUARANTINE,
        RecordForm.ENVELOPE,
        "",
        "pages");
  }

  private static Column column(String name, boolean nullable, Optional<Computed> computed) {
    return new Column(
        name,
        ColumnType.parse("string"),
        nullable,
        false,
        computed,
        true,
        Optional.empty(),
        Optional.empty(),
        "");
  }
}
