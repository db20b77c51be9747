package dev.changelake.compact.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlTypeTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "integer|bigint|true",
        "integer|double precision|true",
        "integer|numeric(12,2)|true",
        "integer|numeric(11,2)|false",
        "bigint|numeric(19,0)|true",
        "bigint|numeric(18,0)|false",
        "bigint|double precision|false",
        "real|double precision|true",
        "numeric(9,2)|numeric(11,4)|true",
        "numeric(9,2)|numeric(10,4)|false",
        "numeric(9,2)|numeric(9,2)|false",
        "numeric(9,2)|numeric(8,2)|false",
        "bigint|integer|false",
        "text|bytea|false",
        "character varying(9)|character varying(10)|true",
        "character varying(9)|character varying(9)|false",
        "character varying(9)|text|false",
        "date|timestamp without time zone|false"
      })
  void knowsTypesThatHoldEachValue(String type, String other, boolean fits) {
    assertThat(new SqlType(type, false).fitsIn(new SqlType(other, true))).isEqualTo(fits);
  }
}
