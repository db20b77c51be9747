package dev.changelake.oracle.report;

import static dev.changelake.oracle.ColumnType.BIGINT;
import static dev.changelake.oracle.ColumnType.DECIMAL;
import static dev.changelake.oracle.ColumnType.INT;
import static dev.changelake.oracle.ColumnType.STRING;

import dev.changelake.oracle.Column;
import dev.changelake.oracle.ColumnType;
import java.util.List;
import java.util.Locale;

/** The four reports: their columns in order, and those that name a row. */
public enum Report {
  MONTHLY_SALES(
      List.of("sale_year", "sale_month"),
      column("sale_year", INT),
      column("sale_month", INT),
      column("monthly_sales", DECIMAL),
      column("monthly_profit", DECIMAL)),
  MOST_POPULAR_PRODUCTS(List.of("prod_id"), column("prod_id", BIGINT), column("country", STRING)),
  MOST_USED_DEVICES(List.of("device"), column("device", STRING), column("total_devices", BIGINT)),
  TOTAL_LEADS(List.of("customer_id"), column("customer_id", BIGINT), column("total_leads", BIGINT));

  private final List<String> key;
  private final List<Column> columns;

  Report(List<String> key, Column... columns) {
    this.key = key;
    this.columns = List.of(columns);
  }

  /** The report's name in the lake and in the warehouse. */
  public String table() {
    return name().toLowerCase(Locale.ROOT);
  }

  public List<String> key() {
    return key;
  }

  public List<Column> columns() {
    return columns;
  }

  private static Column column(String name, ColumnType type) {
    return new Column(name, type, false);
  }
}
