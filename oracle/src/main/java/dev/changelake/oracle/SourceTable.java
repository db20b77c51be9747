package dev.changelake.oracle;

import static dev.changelake.oracle.Column.optional;
import static dev.changelake.oracle.Column.required;
import static dev.changelake.oracle.ColumnType.BIGINT;
import static dev.changelake.oracle.ColumnType.BOOLEAN;
import static dev.changelake.oracle.ColumnType.DATE;
import static dev.changelake.oracle.ColumnType.DECIMAL;
import static dev.changelake.oracle.ColumnType.STRING;
import static dev.changelake.oracle.ColumnType.TIMESTAMP;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The seven captured tables: the columns of their change records, in order, key columns by name.
 */
public enum SourceTable {
  COMPANIES(
      List.of("company_id"), required("company_id", BIGINT), required("company_name", STRING)),
  CUSTOMERS(
      List.of("customer_id"),
      required("customer_id", BIGINT),
      required("full_name", STRING),
      required("dob", DATE),
      required("user_name", STRING),
      required("email", STRING),
      required("most_freq_city", STRING),
      required("most_freq_cntry", STRING)),
  PRODUCTS(
      List.of("prod_id"),
      required("prod_id", BIGINT),
      required("prod_name", STRING),
      required("prod_unit_price", DECIMAL),
      required("prod_currency_code", STRING),
      required("supplier_id", BIGINT)),
  ORDERS(
      List.of("order_id"),
      required("order_id", BIGINT),
      required("prod_id", BIGINT),
      required("customer_id", BIGINT),
      required("prod_quote_price", DECIMAL),
      required("is_lead_sale", BOOLEAN),
      optional("crm_lead_id", BIGINT),
      required("company_id", BIGINT),
      required("created_date", TIMESTAMP)),
  LEADS(
      List.of("crm_lead_id"),
      required("crm_lead_id", BIGINT),
      required("prod_id", BIGINT),
      required("prod_quote_price", DECIMAL),
      required("quote_value", DECIMAL),
      required("is_lead_sale", BOOLEAN),
      optional("order_id", BIGINT),
      required("customer_id", BIGINT),
      required("company_id", BIGINT),
      required("created_date", TIMESTAMP)),
  COMPANY_ORDERS(
      List.of("order_id"),
      required("prod_id", BIGINT),
      required("prod_quote_price", DECIMAL),
      required("quote_value", DECIMAL),
      required("order_id", BIGINT),
      required("customer_id", BIGINT),
      required("company_id", BIGINT),
      required("supplier_id", BIGINT),
      required("created_date", TIMESTAMP)),
  WEBLOGS(
      List.of("log_date", "line_number"),
      required("log_date", DATE),
      required("line_number", BIGINT),
      required("line", STRING));

  private static final String TOPIC_PREFIX = "b2b.public.";

  private final List<String> key;
  private final List<Column> columns;

  SourceTable(List<String> key, Column... columns) {
    this.key = key;
    this.columns = List.of(columns);
  }

  /** The table's name in the database and in the lake. */
  public String table() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The topic of the table's change records. */
  public String topic() {
    return TOPIC_PREFIX + table();
  }

  public List<Column> columns() {
    return columns;
  }

  public List<String> key() {
    return key;
  }

  /** The key columns, in the order of {@link #key()}. */
  public List<Column> keyColumns() {
    return key.stream().map(name -> column(name).orElseThrow()).toList();
  }

  public Optional<Column> column(String name) {
    return columns.stream().filter(column -> column.name().equals(name)).findFirst();
  }

  /** The table whose topic this is. */
  public static SourceTable ofTopic(String topic) {
    return Arrays.stream(values())
        .filter(table -> table.topic().equals(topic))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("No table has the topic " + topic));
  }

  /** The stored tables are all but the two feeds. */
  boolean isStored() {
    return this != LEADS && this != COMPANY_ORDERS;
  }
}
