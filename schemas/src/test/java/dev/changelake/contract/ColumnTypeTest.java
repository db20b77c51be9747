package dev.changelake.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
        "decimal(1,0)",
        "array<bigint>",
        "array<decimal(38,0)>",
        "array<timestamp_ntz>",
        "map<string,string>"
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
        "decimal(18,-1)",
        "array",
        "array<>",
        "array<real>",
        "array<string >",
        "array<decimal(39,0)>",
        "array<array<int>>",
        "array<map<string,string>>",
        "int[]",
        "Array<int>",
        "map",
        "map<string, string>",
        "map<string,int>"
      })
  void refusesEverythingElse(String text) {
    // when, then
    assertThatThrownBy(() -> ColumnType.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "int|bigint|bigint",
        "int|double|double",
        "int|decimal(12,2)|decimal(12,2)",
        "int|decimal(9,2)|decimal(12,2)",
        "bigint|decimal(9,2)|decimal(22,2)",
        "bigint|decimal(38,0)|decimal(38,0)",
        "bigint|decimal(38,20)|",
        "bigint|double|",
        "float|double|double",
        "decimal(9,2)|decimal(10,4)|decimal(11,4)",
        "decimal(38,2)|decimal(38,4)|",
        "date|timestamp_ntz|",
        "string|bigint|",
        "array<int>|array<bigint>|",
        "string|string|string"
      })
  void joinsTypesInOneThatHoldsBoth(String one, String other, String both) {
    // when
    Optional<ColumnType> joined = ColumnType.parse(one).join(ColumnType.parse(other));
    Optional<ColumnType> turned = ColumnType.parse(other).join(ColumnType.parse(one));

    // then
    assertThat(joined.map(ColumnType::toString)).isEqualTo(Optional.ofNullable(both));
    assertThat(turned).isEqualTo(joined);
    joined.ifPresent(
        type ->
            assertThat(ColumnType.parse(one).fitsIn(type) && ColumnType.parse(other).fitsIn(type))
                .isTrue());
  }

  @Test
  void namesAllTypesWhenItKnowsNone() {
    // when, then
    assertThatThrownBy(() -> ColumnType.parse("real"))
        .hasMessage(
            "unknown type real; known are bigint, int, boolean, string, date, time, timestamp,"
                + " timestamp_ntz, decimal(p,s), double, float, binary, array<type>,"
                + " map<string,string>");
  }

  @Test
  void refusesDigitsThatCannotBe() {
    // when, then
    assertThatThrownBy(() -> new ColumnType(ColumnType.Kind.DECIMAL, 5, -1))
        .hasMessageContaining("decimal(5,-1)");
    assertThatThrownBy(() -> new ColumnType(ColumnType.Kind.BIGINT, 5, 0))
        .hasMessageContaining("only a decimal");
  }

  @Test
  void refusesElementsThatCannotBe() {
    // given
    Optional<ColumnType> array = Optional.of(ColumnType.parse("array<int>"));
    Optional<ColumnType> number = Optional.of(ColumnType.parse("int"));

    // when, then
    assertThatThrownBy(() -> new ColumnType(ColumnType.Kind.ARRAY, 0, 0, array))
        .hasMessageContaining("were array<int>");
    assertThatThrownBy(() -> new ColumnType(ColumnType.Kind.ARRAY, 0, 0))
        .hasMessageContaining("elements");
    assertThatThrownBy(() -> new ColumnType(ColumnType.Kind.BIGINT, 0, 0, number))
        .hasMessageContaining("elements");
  }
}
