package dev.changelake.compact.changelog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changelake.contract.ColumnType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SparkTypesTest {

  @ParameterizedTest
  @CsvSource({
    "bigint,BIGINT",
    "int,INT",
    "boolean,BOOLEAN",
    "string,STRING",
    "date,DATE",
    "time,STRING",
    "timestamp,TIMESTAMP",
    "timestamp_ntz,TIMESTAMP_NTZ",
    "'decimal(38,10)','DECIMAL(38,10)'",
    "double,DOUBLE",
    "float,FLOAT",
    "binary,BINARY",
    "'array<decimal(38,10)>','ARRAY<DECIMAL(38,10)>'",
    "'map<string,string>','MAP<STRING, STRING>'"
  })
  void eachTypeIsOneOfSpark(String type, String expected) {
    // when, then
    assertThat(SparkTypes.of(ColumnType.parse(type)).sql()).isEqualTo(expected);
  }
}
