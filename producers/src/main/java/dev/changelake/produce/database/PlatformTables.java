package dev.changelake.produce.database;

import dev.changelake.contract.Column;
import dev.changelake.contract.ColumnType;
import dev.changelake.contract.TableContract;
import dev.changelake.contract.TableContracts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** The platform's tables as PostgreSQL is told to make them. */
final class PlatformTables {
  private static final String SCHEMA = "public";

  private PlatformTables() {}

  /** The name of a table in SQL. */
  static String qualified(TableContract table) {
    return quoted(SCHEMA) + "." + quoted(table.table());
  }

  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** Statements that make what is missing; rows may refer to rows of all tables. */
  static List<String> ddl(TableContracts contracts, Collection<TableContract> tables) {
    List<String> statements = new ArrayList<>();
    tables.forEach(table -> statements.add(create(table)));
    for (TableContract table : tables) {
      for (Column column : table.messageColumns()) {
        column
            .references()
            .map(contracts::get)
            .filter(tables::contains)
            .ifPresent(parent -> statements.add(foreignKey(table, column, parent)));
      }
    }
    return statements;
  }

  private static String create(TableContract table) {
    String columns =
        table.messageColumns().stream()
            .map(
                column ->
                    quoted(column.name())
                        + " "
                        + type(column.type())
                        + (column.nullable() ? "" : " NOT NULL"))
            .collect(Collectors.joining(", "));
    String key = table.key().stream().map(PlatformTables::quoted).collect(Collectors.joining(", "));
    return "CREATE TABLE IF NOT EXISTS %s (%s, PRIMARY KEY (%s))"
        .formatted(qualified(table), columns, key);
  }

  private static String foreignKey(TableContract table, Column column, TableContract parent) {
    String name = quoted(table.table() + "_" + column.name());
    return """
        DO $$ BEGIN
          ALTER TABLE %s ADD CONSTRAINT %s FOREIGN KEY (%s) REFERENCES %s;
        EXCEPTION WHEN duplicate_object THEN NULL; END $$"""
        .formatted(qualified(table), name, quoted(column.name()), qualified(parent));
  }

  private static String type(ColumnType type) {
    return switch (type.kind()) {
      case BIGINT -> "bigint";
      case INT -> "integer";
      case BOOLEAN -> "boolean";
      case STRING -> "text";
      case DATE -> "date";
      case TIME -> "time(6)";
      case TIMESTAMP -> "timestamp with time zone";
      case TIMESTAMP_NTZ -> "timestamp without time zone";
      case DOUBLE -> "double precision";
      case FLOAT -> "real";
      case BINARY -> "bytea";
      case ARRAY -> type(type.element().orElseThrow()) + "[]";
      case MAP -> "hstore";
      case DECIMAL -> "numeric(%d,%d)".formatted(type.precision(), type.scale());
    };
  }
}
