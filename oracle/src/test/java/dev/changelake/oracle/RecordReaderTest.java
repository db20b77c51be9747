package dev.changelake.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a record is by itself. */
class RecordReaderTest {

  private static final String KEY = "{\"company_id\":7}";
  private static final String AFTER = "{\"company_id\":7,\"company_name\":\"A\"}";
  private static final String SOURCE = "{\"table\":\"companies\",\"lsn\":10}";

  private static Landed read(String table, String key, String value) {
    return RecordReader.read(new LogRecord("b2b.public." + table, 0, 0, bytes(key), bytes(value)));
  }

  private static byte[] bytes(String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }

  private static String value(String op, String before, String after, String source) {
    return "{\"before\":%s,\"after\":%s,\"source\":%s,\"op\":%s}"
        .formatted(before, after, source, op);
  }

  private static Landing landing(String key, String value) {
    return read("companies", key, value).landing();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "null",
        "7",
        "[]",
        "{}{}",
        "{\"schema\":null,\"payload\":{}}",
        "not json"
      })
  void a_value_that_is_no_object_is_quarantined(String value) {
    assertThat(landing(KEY, value)).isEqualTo(Landing.QUARANTINED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "7",
        "{}",
        "{\"company_id\":\"7\"}",
        "{\"company_id\":7.0}",
        "{\"company_id\":null}",
        "{\"company_id\":8}",
        "{\"company_id\":9223372036854775808}",
        "{\"company_id\":7,\"x\":1}",
        "{\"id\":7}"
      })
  void a_key_must_be_the_key_columns_and_the_payloads(String key) {
    assertThat(landing(key, value("\"c\"", "null", AFTER, SOURCE))).isEqualTo(Landing.QUARANTINED);
  }

  @Test
  void a_missing_key_spoils_all_but_control() {
    assertThat(landing(null, value("\"c\"", "null", AFTER, SOURCE))).isEqualTo(Landing.QUARANTINED);
    assertThat(landing(null, null)).isEqualTo(Landing.QUARANTINED);
    assertThat(landing(null, value("\"m\"", "null", "null", SOURCE))).isEqualTo(Landing.CONTROL);
    assertThat(landing(KEY, null)).isEqualTo(Landing.TOMBSTONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'\"x\"' | null | {A}  | {S}",
        "'\"t\"' | {A}  | null | {S}",
        "'\"t\"' | null | {A}  | {S}",
        "'\"t\"' | null | null | '{\"table\":\"orders\",\"lsn\":10}'",
        "'\"t\"' | null | null | null",
        "7       | null | {A}  | {S}",
        "null    | null | {A}  | {S}",
        "'\"c\"' | null | null | {S}",
        "'\"c\"' | null | 7    | {S}",
        "'\"u\"' | {A}  | null | {S}",
        "'\"d\"' | null | {A}  | {S}",
        "'\"d\"' | '{\"company_id\":8}' | null | {S}",
        "'\"u\"' | '{\"company_id\":8}' | {A} | {S}",
        "'\"u\"' | '{\"company_id\":7,\"x\":1}' | {A} | {S}",
        "'\"u\"' | '{\"company_name\":1}' | {A} | {S}",
        "'\"c\"' | 7    | {A}  | {S}",
        "'\"d\"' | '[]' | null | {S}",
        "'\"r\"' | null | '{\"company_id\":\"__debezium_unavailable_value\",\"company_name\":\"A\"}' | {S}",
        "'\"u\"' | null | '{\"company_id\":7,\"company_name\":\"__debezium_unavailable_value\",\"x\":1}' | {S}",
        "'\"m\"' | null | null | null",
        "'\"c\"' | null | {A}  | '{\"table\":\"companies\",\"lsn\":-1}'",
        "'\"c\"' | null | {A}  | null",
        "'\"c\"' | null | {A}  | '{\"table\":\"companies\",\"lsn\":1.5}'",
        "'\"c\"' | null | {A}  | '{\"table\":\"companies\",\"lsn\":\"0/1\"}'",
        "'\"c\"' | null | {A}  | '{\"table\":\"companies\",\"txId\":true}'",
        "'\"c\"' | null | {A}  | '{\"table\":\"orders\",\"lsn\":10}'",
        "'\"c\"' | null | '{\"company_id\":7}' | {S}",
        "'\"c\"' | null | '{\"company_id\":7,\"company_name\":null}' | {S}",
        "'\"c\"' | null | '{\"company_id\":7,\"company_name\":5}' | {S}",
        "'\"c\"' | null | '{\"company_id\":7,\"company_name\":\"A\",\"x\":null}' | {S}",
      })
  void an_envelope_with_a_fault_is_quarantined(
      String op, String before, String after, String source) {
    String value = value(op, before, after, source).replace("{A}", AFTER).replace("{S}", SOURCE);

    assertThat(landing(KEY, value)).isEqualTo(Landing.QUARANTINED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'\"d\"' | '{\"company_name\":\"A\"}' | null",
        "'\"d\"' | '{}' | null",
        "'\"u\"' | '{\"company_id\":null}' | {A}",
        "'\"u\"' | '{\"company_name\":\"__debezium_unavailable_value\"}' | {A}",
        "'\"d\"' | '{\"company_id\":\"__debezium_unavailable_value\"}' | null",
        "'\"r\"' | null | '{\"company_id\":7,\"company_name\":\"__debezium_unavailable_value\"}'",
      })
  void a_before_may_lack_columns(String op, String before, String after) {
    String value = value(op, before, after.replace("{A}", AFTER), SOURCE);

    assertThat(landing(KEY, value)).isEqualTo(Landing.CHANGE);
  }

  @Test
  void a_truncate_needs_no_key_and_is_refused_where_rows_only_come() {
    String value = "{\"source\":{\"lsn\":10,\"ts_ms\":3},\"op\":\"t\"}";

    Landed truncate = read("companies", null, value);

    assertThat(truncate.landing()).isEqualTo(Landing.TRUNCATE);
    assertThat(truncate.position()).isEqualTo(new Position(10L, 3L));
    assertThat(read("leads", "{\"x\":1}", value).landing()).isEqualTo(Landing.TRUNCATE);
    assertThat(read("weblogs", null, value).landing()).isEqualTo(Landing.QUARANTINED);
  }

  @Test
  void an_update_or_an_insert_may_leave_values_out_of_any_column_and_a_snapshot_of_none() {
    String after =
        ("{\"prod_id\":{P},\"prod_name\":{P},\"prod_unit_price\":{P},"
                + "\"prod_currency_code\":\"EUR\",\"supplier_id\":2}")
            .replace("{P}", "\"__debezium_unavailable_value\"");
    String text = AFTER.replace("\"A\"", "\"__debezium_unavailable_value\"");

    Landed update = read("products", "{\"prod_id\":1}", value("\"u\"", "null", after, "{}"));
    Landed insert = read("companies", KEY, value("\"c\"", "null", text, SOURCE));
    Landed snapshot = read("companies", KEY, value("\"r\"", "null", text, SOURCE));

    assertThat(update.leftOut()).containsExactlyInAnyOrder("prod_name", "prod_unit_price");
    assertThat(update.row())
        .isEqualTo(Map.of("prod_id", 1L, "prod_currency_code", "EUR", "supplier_id", 2L));
    assertThat(insert.leftOut()).containsExactly("company_name");
    assertThat(insert.row()).isEqualTo(Map.of("company_id", 7L));
    assertThat(snapshot.leftOut()).isEmpty();
    assertThat(snapshot.row()).containsEntry("company_name", "__debezium_unavailable_value");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'{\"company_id\":7}' | not json | 7 |",
        "'{\"company_id\":7}' | '{\"source\":{\"lsn\":10}}' | 7 | 10",
        "'{\"company_id\":7}' | '{\"source\":{\"lsn\":-1}}' | 7 |",
        "'{\"id\":7}' | '{\"source\":{\"lsn\":10}}' | | 10"
      })
  void a_quarantined_record_keeps_its_key_and_lsn_if_they_can_be_read(
      String key, String value, Long id, Long lsn) {
    Landed landed = read("companies", key, value);

    assertThat(landed.landing()).isEqualTo(Landing.QUARANTINED);
    assertThat(landed.key()).isEqualTo(id == null ? null : List.of(id));
    assertThat(landed.position()).isEqualTo(new Position(lsn, null));
  }

  @Test
  void a_message_is_one_object_in_utf_8_without_a_field_twice() {
    String good = value("\"c\"", "null", AFTER, SOURCE);
    byte[] utf16 = good.getBytes(StandardCharsets.UTF_16BE);

    assertThat(landing(KEY, good.replace("\"op\"", "\"op\":\"c\",\"op\"")))
        .isEqualTo(Landing.QUARANTINED);
    assertThat(
            RecordReader.read(new LogRecord("b2b.public.companies", 0, 0, bytes(KEY), utf16))
                .landing())
        .isEqualTo(Landing.QUARANTINED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'{\"lsn\":10}' | 10",
        "'{\"lsn\":\"10\",\"txId\":\"3\",\"ts_ms\":null}' | 10",
        "'{\"lsn\":null}' | ",
        "'{}' | "
      })
  void an_lsn_is_a_number_or_digits_or_absent(String source, Long lsn) {
    Landed landed = read("companies", KEY, value("\"r\"", "null", AFTER, source));

    assertThat(landed.landing()).isEqualTo(Landing.CHANGE);
    assertThat(landed.position().lsn()).isEqualTo(lsn);
    assertThat(landed.key()).isEqualTo(List.of(7L));
  }

  @ParameterizedTest
  @CsvSource({
    "'\"BAg=\"', 10.32",
    "'\"AcnDgA==\"', 300000.00",
    "'\"/w==\"', -0.01",
    "12.5, 12.50",
    "12.500, 12.50",
    "1e2, 100.00",
    "0, 0.00",
    "9999999999999999.99, 9999999999999999.99",
  })
  void a_decimal_is_base64_or_a_number(String json, BigDecimal expected) {
    assertThat(product(json).row()).containsEntry("prod_unit_price", expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.005",
        "10000000000000000",
        "1e2000000000",
        "\"12.50\"",
        "\"\"",
        "true",
        "\"DeC2s6dkAAA=\""
      })
  void a_decimal_that_does_not_fit_is_quarantined(String json) {
    assertThat(product(json).landing()).isEqualTo(Landing.QUARANTINED);
  }

  private static Landed product(String price) {
    String after =
        ("{\"prod_id\":1,\"prod_name\":\"P\",\"prod_unit_price\":%s,"
                + "\"prod_currency_code\":\"EUR\",\"supplier_id\":2}")
            .formatted(price);
    return read("products", "{\"prod_id\":1}", value("\"c\"", "null", after, "{}"));
  }

  @Test
  void an_inline_schema_is_taken_off_key_and_value_separately() {
    String keySchema =
        "{\"schema\":{\"type\":\"struct\",\"fields\":[{\"type\":\"int64\",\"field\":"
            + "\"prod_id\"}]},\"payload\":{\"prod_id\":1}}";
    String value =
        "{\"schema\":{\"type\":\"struct\",\"fields\":[{\"type\":\"struct\",\"field\":\"after\","
            + "\"fields\":[{\"type\":\"bytes\",\"field\":\"prod_unit_price\",\"name\":"
            + "\"org.apache.kafka.connect.data.Decimal\",\"parameters\":{\"scale\":\"4\"}}]}]},"
            + "\"payload\":{\"after\":{\"prod_id\":1,\"prod_name\":\"P\",\"prod_unit_price\":"
            + "\"%s\",\"prod_currency_code\":\"EUR\",\"supplier_id\":2},\"source\":{},"
            + "\"op\":\"c\"}}";

    Landed exact = read("products", keySchema, value.formatted("Kvg="));
    Landed tooFine = read("products", keySchema, value.formatted("BAg="));

    assertThat(exact.row()).containsEntry("prod_unit_price", new BigDecimal("1.10"));
    assertThat(tooFine.landing()).isEqualTo(Landing.QUARANTINED);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-02T03:04:05, QUARANTINED",
    "2026-01-02T03:04:05.0000001Z, QUARANTINED",
    "infinity, QUARANTINED",
    "2026-01-02T03:04:05.000001Z, CHANGE",
    "2026-01-02T03:04:05+05:30, CHANGE"
  })
  void a_timestamp_has_a_zone_and_whole_microseconds(String time, Landing expected) {
    String after =
        ("{\"order_id\":5,\"prod_id\":9,\"customer_id\":3,\"prod_quote_price\":7,"
                + "\"is_lead_sale\":false,\"crm_lead_id\":null,\"company_id\":4,"
                + "\"created_date\":\"%s\"}")
            .formatted(time);

    assertThat(read("orders", "{\"order_id\":5}", value("\"c\"", "null", after, "{}")).landing())
        .isEqualTo(expected);
  }
}
