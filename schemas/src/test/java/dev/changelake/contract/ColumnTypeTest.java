package dev.changelake.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnTypeTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bigint",
        "int",
        "boolean",
        "string",
        "date",
        "time",
        "timestamp",
        "timestamp_ntz",
        "double",
        "float",
        "binary",
        "decimal(38,38)",
        "decimal(1,0)"
      })
  void writesATypeAsItWasRead(String text) {
    // when, then
    assertThat(ColumnType.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Int",
        "real",
        "time(6)",
        "timestamp_NTZ",
        "decimal",
        "decimal()",
        "decimal(0,0)",
        "decimal(39,2)",
        "decimal(2,3)",
        "decimal(018,2)",
        "decimal(18,02)",
        "decimal(18, 2)",
        "decimal(18)",
        "decimal(18,-1)"
      })
  void refusesEverythingElse(String text) {
    // when, then
    assertThatThrownBy(() -> ColumnType.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void namesAllTypesWhenItKnowsNone() {
    // when, then
    assertThatThrownBy(() -> ColumnType.parse("real"))
        .hasMessage(
            "unknown type real; known are bigint, int, boolean, string, date, time, timestamp,"
                + " timestamp_ntz, decimal(p,s), double, float, binary");
  }

  @Test
  void refusesDigitsThatCannotBe() {
    // when, then
    assertThatThrownBy(() -> new ColumnType(ColumnType.Kind.DECIMAL, 5, -1))
        .hasMessageContaining("decimal(5,-1)");
    assertThatThrownBy(() -> new ColumnType(ColumnType.Kind.BIGINT, 5, 0))
        .hasMessageContaining("only a decimal");
  }
}
