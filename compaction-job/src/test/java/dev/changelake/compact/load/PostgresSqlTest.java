package dev.changelake.compact.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changelake.contract.Column;
import dev.changelake.contract.ColumnType;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresSqlTest {

  @ParameterizedTest
  @CsvSource({
    "bigint,bigint",
    "int,integer",
    "boolean,boolean",
    "string,text",
    "date,date",
    "time,time(6) without time zone",
    "timestamp,timestamp with time zone",
    "timestamp_ntz,timestamp without time zone",
    "'decimal(38,10)','numeric(38,10)'",
    "double,double precision",
    "float,real",
    "binary,bytea",
    "array<time>,time(6) without time zone[]",
    "'array<decimal(38,10)>','numeric(38,10)[]'",
    "'map<string,string>',jsonb"
  })
  void eachTypeIsOneOfTheWarehouse(String type, String expected) {
    // given
    Column column =
        new Column(
            "it",
            ColumnType.parse(type),
            true,
            false,
            Optional.empty(),
            true,
            Optional.empty(),
            Optional.empty(),
            "");

    // when, then
    assertThat(PostgresSql.type(column)).isEqualTo(expected);
  }
}
