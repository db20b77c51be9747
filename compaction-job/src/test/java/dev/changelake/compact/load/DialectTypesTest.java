package dev.changelake.compact.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changelake.contract.Column;
import dev.changelake.contract.ColumnType;
import dev.changelake.contract.RedshiftHints;
import dev.changelake.contract.RedshiftHints.DistStyle;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DialectTypesTest {
  private static final WarehouseConnector NOWHERE = new WarehouseConnector("jdbc:none", Map.of());
  private static final Dialect POSTGRES = new PostgresDialect(NOWHERE);
  private static final Dialect REDSHIFT = new RedshiftDialect(NOWHERE, "default", Optional.empty());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bigint|bigint|bigint",
        "int|integer|integer",
        "boolean|boolean|boolean",
        "string|text|varchar(65535)",
        "date|date|date",
        "time|time(6) without time zone|time",
        "timestamp|timestamp with time zone|timestamptz",
        "timestamp_ntz|timestamp without time zone|timestamp",
        "decimal(38,10)|numeric(38,10)|numeric(38,10)",
        "double|double precision|double precision",
        "float|real|real",
        "binary|bytea|varbyte(16777216)",
        "array<time>|time(6) without time zone[]|super",
        "array<decimal(38,10)>|numeric(38,10)[]|super",
        "map<string,string>|jsonb|super"
      })
  void eachTypeHoldsTheContractsValues(String type, String postgres, String redshift) {
    Column column = column(type, Optional.empty());

    assertThat(POSTGRES.type(column)).isEqualTo(postgres);
    assertThat(REDSHIFT.type(column)).isEqualTo(redshift);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "string|varchar(256)|varchar(1024)",
        "string|varchar(16384)|varchar(65535)",
        "string|varchar(10485760)|varchar(65535)"
      })
  void charactersOfTheContractAreBytesInRedshift(String type, String warehouse, String redshift) {
    Column column = column(type, Optional.of(warehouse));

    assertThat(POSTGRES.type(column)).isEqualTo(warehouse);
    assertThat(REDSHIFT.type(column)).isEqualTo(redshift);
  }

  @Test
  void hintsAreRedshiftsAlone() {
    WarehouseTable spread =
        table(new RedshiftHints(Optional.empty(), Optional.of("it"), List.of("it")));
    WarehouseTable everywhere =
        table(new RedshiftHints(Optional.of(DistStyle.ALL), Optional.empty(), List.of()));

    assertThat(REDSHIFT.tableOptions(spread)).isEqualTo(" DISTKEY (\"it\") SORTKEY (\"it\")");
    assertThat(REDSHIFT.tableOptions(everywhere)).isEqualTo(" DISTSTYLE ALL");
    assertThat(REDSHIFT.tableOptions(table(RedshiftHints.NONE))).isEmpty();
    assertThat(POSTGRES.tableOptions(spread)).isEmpty();
  }

  private static WarehouseTable table(RedshiftHints hints) {
    return new WarehouseTable(
        "t", List.of(column("bigint", Optional.empty())), List.of("it"), hints);
  }

  private static Column column(String type, Optional<String> warehouse) {
    return new Column(
        "it",
        ColumnType.parse(type),
        true,
        false,
        Optional.empty(),
        true,
        Optional.empty(),
        warehouse,
        "");
  }
}
