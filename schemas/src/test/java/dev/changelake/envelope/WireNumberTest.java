package dev.changelake.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Decimals and floating-point numbers beside those that Debezium itself wrote. */
class WireNumberTest {
  private static final String VARIABLE =
      "{\"type\":\"struct\",\"name\":\"io.debezium.data.VariableScaleDecimal\"}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "decimal(4,2)|{\"scale\":0,\"value\":\"AQ==\"}|1.00",
        "decimal(4,2)|{\"scale\":-1,\"value\":\"AQ==\"}|10.00",
        "decimal(4,2)|{\"scale\":4,\"value\":\"AQ==\"}|type_mismatch",
        "decimal(4,2)|{\"scale\":-3,\"value\":\"AQ==\"}|decimal_overflow",
        "decimal(4,2)|{\"scale\":-2147483648,\"value\":\"AQ==\"}|decimal_overflow",
        "decimal(4,2)|{\"scale\":2147483647,\"value\":\"AQ==\"}|type_mismatch",
        "decimal(4,2)|{\"scale\":2147483648,\"value\":\"AQ==\"}|type_mismatch",
        "decimal(4,2)|{\"scale\":0,\"value\":\"\"}|type_mismatch",
        "decimal(4,2)|{\"scale\":0,\"value\":1}|type_mismatch",
        "decimal(4,2)|{\"scale\":\"0\",\"value\":\"AQ==\"}|type_mismatch",
        "decimal(4,2)|{\"scale\":0,\"value\":\"AQ==\",\"more\":1}|type_mismatch",
        "decimal(4,2)|{\"value\":\"AQ==\"}|type_mismatch",
        "decimal(4,2)|{}|type_mismatch"
      })
  void readsVariableScales(String type, String json, String expected) throws IOException {
    // when
    String withoutSchema = WireValues.outcome(type, json, null);
    String withSchema = WireValues.outcome(type, json, VARIABLE);

    // then
    assertThat(withoutSchema).isEqualTo(expected);
    assertThat(withSchema).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "decimal(18,2)|string|\"12.50\"|12.50",
        "decimal(18,2)|string|\"12.500\"|12.50",
        "decimal(18,2)|string|\"1e5\"|100000.00",
        "decimal(18,2)|string|\"1E-2\"|0.01",
        "decimal(18,2)|string|\"-0\"|0.00",
        "decimal(18,2)|string|\"0.001\"|type_mismatch",
        "decimal(18,2)|string|\"1e99\"|decimal_overflow",
        "decimal(18,2)|string|\"1e999999999\"|decimal_overflow",
        "decimal(18,2)|string|\"1e99999999999\"|type_mismatch",
        "decimal(18,2)|string|\"\"|type_mismatch",
        "decimal(18,2)|string|\"1 \"|type_mismatch",
        "decimal(18,2)|string|\"0x1\"|type_mismatch",
        "decimal(18,2)|string|\"1,5\"|type_mismatch",
        "decimal(18,2)|string|\"\u0661\"|type_mismatch",
        "decimal(18,2)|string|\"NAN\"|special_value",
        "decimal(18,2)|string|\"-Infinity\"|special_value",
        "decimal(18,2)|string|12.5|type_mismatch",
        "decimal(15,2)|double|12.5|12.50",
        "decimal(15,2)|double|9999999999999.99|9999999999999.99",
        "decimal(15,2)|double|0.1|0.10",
        "decimal(15,2)|double|7|7.00",
        "decimal(15,2)|double|-0.0|0.00",
        "decimal(15,2)|double|0.30000000000000004|type_mismatch",
        "decimal(15,2)|double|0.005|type_mismatch",
        "decimal(15,2)|double|1e-320|type_mismatch",
        "decimal(15,2)|double|10000000000000.0|decimal_overflow",
        "decimal(15,2)|double|1e400|decimal_overflow",
        "decimal(15,2)|double|\"12.5\"|type_mismatch",
        "decimal(16,2)|double|12.5|type_mismatch",
        "decimal(15,2)|float|12.5|type_mismatch"
      })
  void readsStringsAndDoublesAsDecimals(String type, String schema, String json, String expected)
      throws IOException {
    // when
    String outcome = WireValues.outcome(type, json, "{\"type\":\"" + schema + "\"}");

    // then
    assertThat(outcome).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "decimal(18,2)|\"NaN\"|special_value",
        "decimal(18,2)|\"Infinity\"|special_value",
        "decimal(18,2)|\"AQ\"|type_mismatch",
        "decimal(18,2)|\"AQ=\"|type_mismatch",
        "decimal(18,2)|\"12.5\"|type_mismatch",
        "decimal(38,0)|\"SztMqFqGxHoJiiI//////w==\"|99999999999999999999999999999999999999",
        "decimal(38,0)|\"SztMqFqGxHoJiiJAAAAAAA==\"|decimal_overflow",
        "double|0.1|0.1",
        "double|-0.0|-0.0",
        "double|-0e0|-0.0",
        "double|[-0.0]|type_mismatch",
        "double|5e-324|4.9E-324",
        "double|1.7976931348623157e308|1.7976931348623157E308",
        "double|17|17.0",
        "double|9007199254740992|9.007199254740992E15",
        "double|9007199254740993|type_mismatch",
        "double|9223372036854775807|type_mismatch",
        "double|9223372036854775808|9.223372036854776E18",
        "double|0.12345678901234567890|type_mismatch",
        "double|2.06017500305109811E18|2.06017500305109811E18",
        "double|1e400|type_mismatch",
        "double|-1e400|type_mismatch",
        "double|1e-400|type_mismatch",
        "double|1e999999999|type_mismatch",
        "double|1e-999999999|type_mismatch",
        "double|\"NaN\"|NaN",
        "double|\"-Infinity\"|-Infinity",
        "double|\"nan\"|type_mismatch",
        "double|\"0.1\"|type_mismatch",
        "double|\"__debezium_unavailable_value\"|type_mismatch",
        "double|true|type_mismatch",
        "float|0.1|0.1",
        "float|-0.0|-0.0",
        "float|16777216|1.6777216E7",
        "float|16777217|type_mismatch",
        "float|0.1234567890|type_mismatch",
        "float|3.4028235E38|3.4028235E38",
        "float|3.5E38|type_mismatch",
        "float|1e-50|type_mismatch",
        "float|\"Infinity\"|Infinity"
      })
  void readsNumbersWithoutASchema(String type, String json, String expected) throws IOException {
    // when
    String outcome = WireValues.outcome(type, json, null);

    // then
    assertThat(outcome).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"int64", "string", "bytes", "boolean"})
  void refusesFloatingPointNumbersOfOtherSchemas(String schema) throws IOException {
    // when, then
    assertThat(WireValues.outcome("double", "1", "{\"type\":\"" + schema + "\"}"))
        .isEqualTo("type_mismatch");
    assertThat(WireValues.outcome("float", "1", "{\"type\":\"" + schema + "\"}"))
        .isEqualTo("type_mismatch");
  }

  @Test
  void keepsTheSignOfZeroBesideOtherNumbers() throws IOException, Quarantine {
    // given
    WireMessage message =
        WireValues.parse("{\"day\":\"2020-06-22\",\"a\":-0.0,\"b\":-0.5,\"c\":0.0,\"d\":-0}");

    // when
    Object[] values = new Object[4];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          WireValues.decode(
              "double", message.payload().get("abcd".substring(i, i + 1)), WireSchema.NONE);
    }

    // then
    assertThat(values).containsExactly(-0.0, -0.5, 0.0, 0.0);
  }
}
