package dev.changelake.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every record that is not as it should be, with the reason that lands in the change log. */
class EnvelopeDecoderBadInputTest {
  private static final String COMPANY_KEY = "{\"company_id\":42}";
  private static final String COMPANY = "{\"company_id\":42,\"company_name\":\"Ada\"}";

  private final EnvelopeDecoder companies = new EnvelopeDecoder(GoldenRows.contract("companies"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "company 42",
        "42",
        "null",
        "[42]",
        "{}",
        "{\"id\":42}",
        "{\"company_id\":42,\"more\":1}",
        "{\"company_id\":null}",
        "{\"company_id\":42}{\"company_id\":42}",
        "{\"company_id\":42,\"company_id\":42}",
        "{\"schema\":{\"type\":\"struct\"},\"payload\":null}"
      })
  void refusesAKeyThatIsNone(String key) {
    // when
    DecodedRecord change = companies.decode(bytes(key), bytes(envelope("c", null, COMPANY)));
    DecodedRecord tombstone = companies.decode(bytes(key), null);

    // then
    assertReason(change, "undecodable_key");
    assertReason(tombstone, "undecodable_key");
    assertThat(change.op()).as("what could be read is kept").isEqualTo("c");
  }

  @Test
  void refusesARecordWithoutAKey() {
    // when
    DecodedRecord change = companies.decode(null, bytes(envelope("c", null, COMPANY)));
    DecodedRecord nothing = companies.decode(null, null);

    // then
    assertReason(change, "missing_key");
    assertReason(nothing, "missing_key");
  }

  @Test
  void refusesAKeyOfAnotherType() {
    // when
    DecodedRecord record =
        companies.decode(bytes("{\"company_id\":\"42\"}"), bytes(envelope("c", null, COMPANY)));

    // then
    assertReason(record, "type_mismatch: company_id");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "7",
        "\"text\"",
        "[]",
        "{}",
        "{\"op\":\"c\"}",
        "{\"op\":1,\"source\":{}}",
        "{\"op\":null,\"source\":{}}",
        "{\"op\":\"c\",\"source\":7}",
        "{\"op\":\"c\",\"source\":{}",
        "{\"op\":\"c\",\"source\":{}} x",
        "{\"op\":\"c\",\"source\":{}} {}",
        "{\"op\":\"c\",\"op\":\"c\",\"source\":{}}",
        "{\"op\":\"c\",\"source\":{\"lsn\":\"0/16B3748\"}}",
        "{\"op\":\"c\",\"source\":{\"lsn\":-1}}",
        "{\"op\":\"c\",\"source\":{\"lsn\":1.5}}",
        "{\"op\":\"c\",\"source\":{\"lsn\":true}}",
        "{\"op\":\"c\",\"source\":{\"lsn\":99999999999999999999}}",
        "{\"op\":\"c\",\"source\":{\"lsn\":\"9999999999999999999\"}}",
        "{\"op\":\"c\",\"source\":{\"txId\":1e999999999}}",
        "{\"op\":\"c\",\"source\":{\"ts_ms\":1e99999999999999}}",
        "{\"op\":\"c\",\"source\":{},\"x\":NaN}",
        "{\"op\":\"c\",\"source\":{},\"x\":01}",
        "\uFEFF{\"op\":\"c\",\"source\":{}}"
      })
  void refusesAValueThatIsNoEnvelope(String value) {
    // when
    DecodedRecord record = companies.decode(bytes(COMPANY_KEY), bytes(value));

    // then
    assertReason(record, "undecodable_value");
    assertThat(record.key()).as("the key is kept").containsExactly(42L);
  }

  /** By its position a refused record is known to be a replay, which says nothing of its key. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"source\":{\"lsn\":7}}",
        "{\"op\":1,\"source\":{\"lsn\":7}}",
        "{\"op\":\"c\",\"source\":{\"lsn\":7,\"txId\":1.5}}",
        "{\"op\":\"c\",\"source\":{\"lsn\":7,\"ts_ms\":-1}}"
      })
  void keepsThePositionOfAnEnvelopeThatIsRefused(String value) {
    // when
    DecodedRecord record = companies.decode(bytes(COMPANY_KEY), bytes(value));

    // then
    assertReason(record, "undecodable_value");
    assertThat(record.lsn()).isEqualTo(7L);
  }

  static Stream<byte[]> notUtf8() {
    byte[] overlong = bytes(envelope("c", null, COMPANY.replace("Ada", "AAA")));
    byte[] surrogate = overlong.clone();
    byte[] cut = overlong.clone();
    int at = new String(overlong, StandardCharsets.UTF_8).indexOf("AAA");
    System.arraycopy(new byte[] {(byte) 0xC1, (byte) 0x81}, 0, overlong, at, 2);
    System.arraycopy(new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80}, 0, surrogate, at, 3);
    cut[at] = (byte) 0xC3;
    return Stream.of(
        overlong,
        surrogate,
        cut,
        envelope("c", null, COMPANY).getBytes(StandardCharsets.UTF_16),
        envelope("c", null, COMPANY).getBytes(StandardCharsets.UTF_16LE));
  }

  @ParameterizedTest
  @MethodSource("notUtf8")
  void refusesWhatIsNotUtf8(byte[] value) {
    // when
    DecodedRecord record = companies.decode(bytes(COMPANY_KEY), value);

    // then
    assertReason(record, "undecodable_value");
  }

  @Test
  void takesTheReplacementCharacterItself() {
    // when
    DecodedRecord record =
        companies.decode(
            bytes(COMPANY_KEY), bytes(envelope("c", null, COMPANY.replace("Ada", "A\uFFFD"))));

    // then
    assertThat(record.after()).containsExactly(42L, "A\uFFFD");
  }

  @Test
  void refusesDeepNestingWithoutAStackOverflow() {
    // given
    String deep = "[".repeat(200_000) + "]".repeat(200_000);

    // when
    DecodedRecord record =
        companies.decode(
            bytes(COMPANY_KEY), bytes("{\"op\":\"c\",\"source\":{},\"x\":" + deep + "}"));

    // then
    assertReason(record, "undecodable_value");
  }

  @ParameterizedTest
  @CsvSource({
    "x,unknown_operation",
    "'',unknown_operation",
    "C,unknown_operation",
    "cc,unknown_operation"
  })
  void refusesOperationsThatAreNotApplied(String operation, String reason) {
    // when
    DecodedRecord keyed =
        companies.decode(bytes(COMPANY_KEY), bytes(envelope(operation, null, null)));
    DecodedRecord keyless = companies.decode(null, bytes(envelope(operation, null, null)));

    // then
    assertReason(keyed, reason);
    assertReason(keyless, reason);
    assertThat(keyed.lsn()).isEqualTo(5L);
  }

  @Test
  void takesALogicalMessageAsControl() {
    // given
    String message =
        "{\"op\":\"m\",\"ts_ms\":1,\"source\":{\"schema\":\"\",\"table\":\"\",\"lsn\":9},"
            + "\"message\":{\"prefix\":\"p\",\"content\":\"AQ==\"}}";

    // when
    DecodedRecord keyless = companies.decode(null, bytes(message));
    DecodedRecord keyed = companies.decode(bytes("{\"prefix\":\"p\"}"), bytes(message));

    // then
    assertThat(keyless.status()).isEqualTo(RecordStatus.CONTROL);
    assertThat(keyed.status()).isEqualTo(RecordStatus.CONTROL);
    assertThat(keyed.lsn()).isEqualTo(9L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "c|null|null",
        "r|null|null",
        "u|{\"company_id\":42}|null",
        "d|null|{\"company_id\":42,\"company_name\":\"Ada\"}",
        "c|null|7",
        "c|null|[]",
        "c|null|\"Ada\"",
        "u|7|{\"company_id\":42,\"company_name\":\"Ada\"}"
      })
  void refusesAWrongImage(String operation, String before, String after) {
    // when
    DecodedRecord record =
        companies.decode(bytes(COMPANY_KEY), bytes(envelope(operation, before, after)));

    // then
    assertReason(record, "wrong_image");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "c|null|{\"company_id\":43,\"company_name\":\"Ada\"}",
        "d|{\"company_id\":43,\"company_name\":\"Ada\"}|null",
        "u|{\"company_id\":43}|{\"company_id\":42,\"company_name\":\"Ada\"}"
      })
  void refusesAnImageOfAnotherKey(String operation, String before, String after) {
    // when
    DecodedRecord record =
        companies.decode(bytes(COMPANY_KEY), bytes(envelope(operation, before, after)));

    // then
    assertReason(record, "key_mismatch: company_id");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"null", "{}", "{\"company_name\":null}", "{\"company_id\":42}"})
  void takesADeleteWhateverItsBeforeLacks(String before) {
    // when
    DecodedRecord record = companies.decode(bytes(COMPANY_KEY), bytes(envelope("d", before, null)));

    // then
    assertThat(record.status()).as(record.reason()).isEqualTo(RecordStatus.CHANGE);
    assertThat(record.key()).containsExactly(42L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"company_id\":42,\"company_name\":\"Ada\",\"size\":1}|unknown_column: size",
        "{\"company_id\":42,\"company_name\":\"Ada\",\"COMPANY_NAME\":\"x\"}"
            + "|unknown_column: COMPANY_NAME",
        "{\"company_id\":42,\"company_name\":\"Ada\",\"secret value\":1}|unknown_column:  and 1 more",
        "{\"company_id\":42}|missing_column: company_name",
        "{\"company_id\":42,\"name\":7}|missing_column: company_name; unknown is name",
        "{\"company_id\":42,\"company_name\":null}|null_in_required_column: company_name",
        "{\"company_id\":42,\"company_name\":7}|type_mismatch: company_name",
        "{\"company_id\":42,\"company_name\":{\"a\":1}}|type_mismatch: company_name"
      })
  void refusesRowsThatAreNotTheContracts(String after, String reason) {
    // when
    DecodedRecord record = companies.decode(bytes(COMPANY_KEY), bytes(envelope("c", null, after)));

    // then
    assertReason(record, reason);
  }

  @Test
  void refusesAnotherTablesRecord() {
    // given
    String foreign = envelope("c", null, COMPANY).replace("\"companies\"", "\"customers\"");

    // when
    DecodedRecord record = companies.decode(bytes(COMPANY_KEY), bytes(foreign));

    // then
    assertReason(record, "foreign_table");
  }

  @Test
  void takesCountersAsText() {
    // given
    String value = envelope("c", null, COMPANY).replace("\"lsn\":5", "\"lsn\":\"5\"");

    // when
    DecodedRecord record = companies.decode(bytes(COMPANY_KEY), bytes(value));

    // then
    assertThat(record.status()).isEqualTo(RecordStatus.CHANGE);
    assertThat(record.lsn()).isEqualTo(5L);
  }

  @Test
  void refusesTextThatHasNoUtf8Form() {
    // when
    DecodedRecord high =
        companies.decode(
            bytes(COMPANY_KEY), bytes(envelope("c", null, COMPANY.replace("Ada", "\\ud83d"))));
    DecodedRecord low =
        companies.decode(
            bytes(COMPANY_KEY), bytes(envelope("c", null, COMPANY.replace("Ada", "\\ude00x"))));
    DecodedRecord pair =
        companies.decode(
            bytes(COMPANY_KEY),
            bytes(envelope("c", null, COMPANY.replace("Ada", "\\ud83d\\ude00"))));

    // then
    assertReason(high, "type_mismatch: company_name");
    assertReason(low, "type_mismatch: company_name");
    assertThat(pair.after()[1]).isEqualTo("😀");
  }

  @Test
  void refusesChangesOfAnAppendTable() {
    // given
    EnvelopeDecoder weblogs = new EnvelopeDecoder(GoldenRows.contract("weblogs"));
    byte[] key = new Golden("weblogs").keyBytes("create", false);

    // when
    DecodedRecord delete = weblogs.decode(key, new Golden("weblogs").valueBytes("delete", false));
    DecodedRecord tombstone = weblogs.decode(key, null);

    // then
    assertReason(delete, "operation_not_allowed");
    assertReason(tombstone, "operation_not_allowed");
  }

  @Test
  void readsHugeNumbersInNoTime() {
    // given
    String digits = "9".repeat(900);
    String base64 = "f".repeat(1_000_000);

    // when, then
    for (String number :
        new String[] {
          "1e999999999",
          "1e-999999999",
          "-1e2147483647",
          "1e-2147483647",
          "1e99999999999",
          "0e999999999",
          digits,
          "0." + digits,
          digits + "e" + digits,
          "\"" + base64 + "\""
        }) {
      for (String column : new String[] {"prod_quote_price", "order_id", "created_date"}) {
        String after = orderWith(column, number);
        DecodedRecord record =
            assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () ->
                    new EnvelopeDecoder(GoldenRows.contract("orders"))
                        .decode(bytes("{\"order_id\":1}"), bytes(after)));
        boolean zero = number.equals("0e999999999") && column.equals("prod_quote_price");
        assertThat(record.status())
            .as(column)
            .isEqualTo(zero ? RecordStatus.CHANGE : RecordStatus.QUARANTINED);
      }
    }
  }

  static String orderWith(String column, String json) {
    String after =
        "{\"order_id\":1,\"prod_id\":2,\"customer_id\":3,\"prod_quote_price\":\"BAg=\","
            + "\"is_lead_sale\":true,\"crm_lead_id\":null,\"company_id\":4,"
            + "\"created_date\":\"2020-06-22T10:00:00Z\"}";
    String changed = after.replaceFirst("(\"" + column + "\":)(\"[^\"]*\"|[^,}]*)", "$1" + json);
    return "{\"op\":\"c\",\"source\":{\"lsn\":5},\"after\":" + changed + "}";
  }

  private static String envelope(String operation, String before, String after) {
    return "{\"before\":%s,\"after\":%s,\"source\":{\"table\":\"companies\",\"lsn\":5},\"op\":\"%s\"}"
        .formatted(before, after, operation);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void assertReason(DecodedRecord record, String reason) {
    assertThat(record.status()).isEqualTo(RecordStatus.QUARANTINED);
    assertThat(record.reason()).startsWith(reason);
  }
}
