package dev.changelake.compact.load;

import dev.changelake.contract.Column;
import dev.changelake.contract.ColumnType;
import java.util.List;
import java.util.stream.Collectors;

/** PostgreSQL's words for what a contract says. */
final class PostgresSql {
  /** In a staging table: the task that wrote the row. */
  static final String PART = "_part";

  private PostgresSql() {}

  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  static String quoted(List<String> names) {
    return names.stream().map(PostgresSql::quoted).collect(Collectors.joining(", "));
  }

  static String qualified(String schema, String table) {
    return quoted(schema) + "." + quoted(table);
  }

  static String type(Column column) {
    return column.warehouseType().orElseGet(() -> type(column.type()));
  }

  private static String type(ColumnType type) {
    return switch (type.kind()) {
      case BIGINT -> "bigint";
      case INT -> "integer";
      case BOOLEAN -> "boolean";
      case STRING -> "text";
      case DATE -> "date";
      case TIME -> "time(6) without time zone";
      case TIMESTAMP -> "timestamp with time zone";
      case TIMESTAMP_NTZ -> "timestamp without time zone";
      case DOUBLE -> "double precision";
      case FLOAT -> "real";
      case BINARY -> "bytea";
      case ARRAY -> type(type.element().orElseThrow()) + "[]";
      // hstore would need an extension.
      case MAP -> "jsonb";
      case DECIMAL -> "numeric(%d,%d)".formatted(type.precision(), type.scale());
    };
  }

  static String createTable(String schema, WarehouseTable table) {
    return "CREATE TABLE %s (%s, PRIMARY KEY (%s))"
        .formatted(qualified(schema, table.name()), definitions(table), quoted(table.key()));
  }

  /** Unlogged: what a crash takes of it is loaded again. */
  static String createStaging(String schema, String staging, WarehouseTable table) {
    return "CREATE UNLOGGED TABLE %s (%s integer, %s)"
        .formatted(qualified(schema, staging), quoted(PART), definitions(table));
  }

  static String addColumn(String schema, WarehouseTable table, Column column) {
    return "ALTER TABLE %s ADD COLUMN %s"
        .formatted(qualified(schema, table.name()), definition(column));
  }

  static String changeType(String schema, WarehouseTable table, Column column) {
    return "ALTER TABLE %s ALTER COLUMN %s TYPE %s"
        .formatted(qualified(schema, table.name()), quoted(column.name()), type(column));
  }

  static String dropNotNull(String schema, WarehouseTable table, Column column) {
    return "ALTER TABLE %s ALTER COLUMN %s DROP NOT NULL"
        .formatted(qualified(schema, table.name()), quoted(column.name()));
  }

  private static String definitions(WarehouseTable table) {
    return table.columns().stream().map(PostgresSql::definition).collect(Collectors.joining(", "));
  }

  private static String definition(Column column) {
    return quoted(column.name()) + " " + type(column) + (column.nullable() ? "" : " NOT NULL");
  }
}
