package dev.changelake.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One value of each wire form, with the contract's type beside it. */
class WireValueTest {
  private static final String DECIMAL =
      "{\"type\":\"bytes\",\"name\":\"org.apache.kafka.connect.data.Decimal\","
          + "\"parameters\":{\"scale\":\"%s\"}}";

  @ParameterizedTest
  @CsvSource({
    // Test vectors from the field: risingwave #10628 and #6848.
    "'decimal(10,4)','\"BAg=\"',0.1032",
    "'decimal(18,2)','\"AcnDgA==\"',300000.00",
    "'decimal(18,2)','\"/w==\"',-0.01",
    "'decimal(18,2)','\"AA==\"',0.00",
    "'decimal(18,2)',12.5,12.50",
    "'decimal(18,2)',12.500,12.50",
    "'decimal(18,2)',7,7.00",
    "'decimal(18,2)',1e3,1000.00",
    "'decimal(38,0)',99999999999999999999999999999999999999,99999999999999999999999999999999999999"
  })
  void readsDecimalsWithoutASchema(String type, String json, String expected) throws Exception {
    // when
    Object value = WireValues.decode(type, json, null);

    // then
    assertThat(value).isEqualTo(new BigDecimal(expected));
  }

  @ParameterizedTest
  @CsvSource({
    "'\"BAg=\"',4,0.1032",
    "'\"AcnDgA==\"',2,300000.0000",
    "7,2,7.0000",
    "0.1032,4,0.1032"
  })
  void readsDecimalsWithTheScaleOfTheirSchema(String json, int scale, String expected)
      throws Exception {
    // when
    Object value = WireValues.decode("decimal(18,4)", json, DECIMAL.formatted(scale));

    // then
    assertThat(value).isEqualTo(new BigDecimal(expected));
  }

  @ParameterizedTest
  @CsvSource({"12.50,12.50", "-0.01,-0.01", "+7,7.00", "007,7.00"})
  void readsDecimalsAsText(String text, String expected) throws Exception {
    // when
    Object value = WireValues.decode("decimal(18,2)", "\"" + text + "\"", "{\"type\":\"string\"}");

    // then
    assertThat(value).isEqualTo(new BigDecimal(expected));
  }

  @ParameterizedTest
  @CsvSource({
    "'decimal(4,2)',100,decimal_overflow",
    "'decimal(4,2)',-100,decimal_overflow",
    "'decimal(4,2)',1e999999999,decimal_overflow",
    "'decimal(4,2)','\"AcnDgA==\"',decimal_overflow",
    "'decimal(4,2)',1.005,type_mismatch",
    "'decimal(4,2)',1e-999999999,type_mismatch",
    "'decimal(4,2)',0.00123,type_mismatch",
    "'decimal(4,2)','\"12.50\"',type_mismatch",
    "'decimal(4,2)','\"\"',type_mismatch",
    "'decimal(4,2)','\"?\"',type_mismatch",
    "'decimal(4,2)','\"__debezium_unavailable_value\"',type_mismatch",
    "'decimal(4,2)',true,type_mismatch",
    "bigint,'\"1\"',type_mismatch",
    "bigint,1.0,type_mismatch",
    "bigint,1e2,type_mismatch",
    "bigint,1e999999999,type_mismatch",
    "bigint,9223372036854775808,type_mismatch",
    "bigint,true,type_mismatch",
    "int,2147483648,type_mismatch",
    "int,-2147483649,type_mismatch",
    "boolean,'\"true\"',type_mismatch",
    "boolean,1,type_mismatch",
    "string,1,type_mismatch",
    "string,true,type_mismatch",
    "date,1.5,type_mismatch",
    "date,-719163,type_mismatch",
    "date,2932897,type_mismatch",
    "date,2147483647,type_mismatch",
    "date,99999999999,type_mismatch",
    "timestamp,1592820931250,type_mismatch",
    "timestamp,'\"2020-06-22\"',type_mismatch",
    "timestamp,'\"2020-06-22T10:00:00\"',type_mismatch",
    "timestamp,'\"2020-02-30T10:00:00Z\"',type_mismatch",
    "timestamp,'\"2020-06-22T10:00:00.1234567Z\"',type_mismatch",
    "timestamp,'\"infinity\"',special_value",
    "timestamp,'\"-infinity\"',special_value",
    "timestamp,'\"0000-12-31T00:00:00Z\"',type_mismatch",
    "timestamp,'\"-0043-03-15T00:00:00Z\"',type_mismatch",
    "timestamp,'\"+10000-01-01T00:00:00Z\"',type_mismatch",
    "timestamp,'\"0001-01-01T00:00:00+01:00\"',type_mismatch",
    "timestamp,'\"9999-12-31T23:59:59-01:00\"',type_mismatch"
  })
  void refusesWhatItCannotKeepExactly(String type, String json, String reason) {
    // when, then
    assertThatThrownBy(() -> WireValues.decode(type, json, null))
        .isInstanceOfSatisfying(
            Quarantine.class, refused -> assertThat(refused.text()).startsWith(reason + ": it "));
  }

  @ParameterizedTest
  @CsvSource({
    "bigint,1,'{\"type\":\"int64\",\"name\":\"io.debezium.time.MicroTimestamp\"}'",
    "bigint,1,'{\"type\":\"double\"}'",
    "bigint,1,'{\"type\":\"int64\",\"name\":\"io.debezium.time.MicroDuration\"}'",
    "boolean,true,'{\"type\":\"int8\"}'",
    "string,'\"QWRh\"','{\"type\":\"bytes\"}'",
    "string,'\"QWRh\"','{\"type\":\"bytes\",\"name\":\"io.debezium.data.Bits\"}'",
    "date,1,'{\"type\":\"int32\"}'",
    "date,1,'{\"type\":\"int64\",\"name\":\"io.debezium.time.Timestamp\"}'",
    "timestamp,1,'{\"type\":\"int64\"}'",
    "timestamp,1,'{\"type\":\"int64\",\"name\":\"io.debezium.time.NanoTimestamp\"}'",
    "timestamp,1.5,'{\"type\":\"int64\",\"name\":\"io.debezium.time.Timestamp\"}'",
    "timestamp,9223372036854775807,'{\"type\":\"int64\",\"name\":\"io.debezium.time.Timestamp\"}'",
    "timestamp,'\"2020-06-22T10:00:00Z\"','{\"type\":\"string\"}'",
    "'decimal(18,2)','\"AQ==\"','{\"type\":\"bytes\"}'",
    "'decimal(18,2)','\"AQ==\"','{\"type\":\"bytes\",\"name\":\"org.apache.kafka.connect.data.Decimal\"}'"
  })
  void refusesAFormThatItsSchemaDoesNotDeclare(String type, String json, String schema) {
    // when, then
    assertThatThrownBy(() -> WireValues.decode(type, json, schema))
        .isInstanceOfSatisfying(
            Quarantine.class,
            refused -> assertThat(refused.text()).startsWith("type_mismatch: it is not exactly"));
  }

  @Test
  void readsDatesAndTimestamps() throws Exception {
    // when, then
    assertThat(WireValues.decode("date", "-719162", null)).isEqualTo(LocalDate.of(1, 1, 1));
    assertThat(WireValues.decode("date", "2932896", null)).isEqualTo(LocalDate.of(9999, 12, 31));
    assertThat(WireValues.decode("timestamp", "\"2020-06-22T12:00:00.123456+02:00\"", null))
        .isEqualTo(Instant.parse("2020-06-22T10:00:00.123456Z"));
    assertThat(
            WireValues.decode(
                "timestamp",
                "1592820931250123",
                "{\"type\":\"int64\",\"name\":\"io.debezium.time.MicroTimestamp\"}"))
        .isEqualTo(Instant.parse("2020-06-22T10:15:31.250123Z"));
    assertThat(
            WireValues.decode(
                "timestamp",
                "-1",
                "{\"type\":\"int64\",\"name\":\"org.apache.kafka.connect.data.Timestamp\"}"))
        .isEqualTo(Instant.parse("1969-12-31T23:59:59.999Z"));
  }

  @Test
  void readsAStringOfAnySemanticType() throws Exception {
    // when
    Object value =
        WireValues.decode(
            "string", "\"{}\"", "{\"type\":\"string\",\"name\":\"io.debezium.data.Json\"}");

    // then
    assertThat(value).isEqualTo("{}");
  }

  @Test
  void doesNotRepeatASchemaNameThatIsNone() {
    // when, then
    assertThatThrownBy(
            () -> WireValues.decode("bigint", "1", "{\"type\":\"x\",\"name\":\"secret value\\n\"}"))
        .hasMessage("it is not exactly a bigint (sent as an unknown form)");
  }
}
