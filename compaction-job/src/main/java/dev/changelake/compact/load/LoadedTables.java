package dev.changelake.compact.load;

import dev.changelake.contract.Column;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Makes the warehouse's tables as their contracts say, and those that rows are copied into first.
 */
final class LoadedTables {
  private static final String TABLE =
      """
      SELECT 1 FROM pg_class c JOIN pg_namespace s ON s.oid = c.relnamespace
      WHERE s.nspname = ? AND c.relname = ?""";

  private final Dialect dialect;
  private final String schema;

  LoadedTables(Dialect dialect, String schema) {
    this.dialect = dialect;
    this.schema = schema;
  }

  /**
   * Creates the schema, the audit and the table, where they are missing. What was loaded into a
   * table that somebody dropped is forgotten with it.
   */
  void prepare(Connection connection, LoadAudit audit, WarehouseTable table) throws SQLException {
    dialect.takeTurns(connection);
    // CREATE SCHEMA needs a right that is not needed otherwise.
    if (!exists(connection, "SELECT 1 FROM pg_namespace WHERE nspname = ?", List.of(schema))) {
      Sql.execute(connection, "CREATE SCHEMA IF NOT EXISTS " + Sql.quoted(schema));
    }
    audit.createIfAbsent(connection);
    connection.commit();
    // Two loads that find no table: the second one must find the first one's.
    audit.lock(connection);
    if (!exists(connection, table.name())) {
      Sql.execute(
          connection,
          "CREATE TABLE %s (%s, PRIMARY KEY (%s))%s"
              .formatted(
                  Sql.qualified(schema, table.name()),
                  table.columns().stream()
                      .map(column -> definition(column) + (column.nullable() ? "" : " NOT NULL"))
                      .collect(Collectors.joining(", ")),
                  Sql.quoted(table.key()),
                  dialect.tableOptions(table)));
      audit.forget(connection, table.name());
    }
    connection.commit();
  }

  /** Creates a table of this session that has the columns of the files. */
  void createStaging(Connection connection, String name, WarehouseTable table, LoadFiles files)
      throws SQLException {
    String change = Sql.quoted(RowChange.COLUMN) + " varchar(1), ";
    Sql.execute(
        connection,
        "CREATE TEMPORARY TABLE %s (%s%s)"
            .formatted(
                Sql.quoted(name),
                files.columns().contains(RowChange.COLUMN) ? change : "",
                table.columns().stream().map(this::definition).collect(Collectors.joining(", "))));
  }

  /**
   * Lets the table follow its contract: adds the columns that it does not have yet, widens types,
   * and lets columns be null.
   *
   * @param staging a table that was just created from the contract
   */
  void follow(Connection connection, WarehouseTable table, String staging) throws SQLException {
    String name = Sql.qualified(schema, table.name());
    Map<String, SqlType> present = types(connection, "= " + Sql.literal(schema), table.name());
    Map<String, SqlType> wanted = types(connection, "LIKE 'pg_temp%'", staging);
    for (Column column : table.columns()) {
      SqlType type = present.get(column.name());
      SqlType next = wanted.get(column.name());
      if (type == null) {
        Sql.execute(connection, "ALTER TABLE %s ADD COLUMN %s".formatted(name, definition(column)));
      } else if (type.fitsIn(next)
          || type.name().equals(next.name()) && type.required() && column.nullable()) {
        dialect.change(connection, name, table, column);
      } else if (!type.name().equals(next.name())) {
        throw new ChangelakeException(
                ErrorCategory.WAREHOUSE,
                "The warehouse's table %s.%s is not as its contract says."
                    .formatted(schema, table.name()),
                "Its column %s is %s, the contract's is %s."
                    .formatted(column.name(), type.name(), next.name()),
                "Alter the column, or drop the table: the next load makes it anew.")
            .notRetryable();
      }
    }
  }

  private String definition(Column column) {
    return Sql.quoted(column.name()) + " " + dialect.type(column);
  }

  /** Whether the schema has a table of that name. */
  boolean exists(Connection connection, String name) throws SQLException {
    return exists(connection, TABLE, List.of(schema, name));
  }

  private static boolean exists(Connection connection, String sql, List<String> names)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      for (int i = 0; i < names.size(); i++) {
        query.setString(i + 1, names.get(i));
      }
      try (ResultSet found = query.executeQuery()) {
        return found.next();
      }
    }
  }

  /** The types of a table's columns; Redshift has these catalogs of PostgreSQL's too. */
  private static Map<String, SqlType> types(
      Connection connection, String schemaCondition, String table) throws SQLException {
    Map<String, SqlType> types = new LinkedHashMap<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            """
            SELECT a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull
            FROM pg_attribute a
            JOIN pg_class c ON c.oid = a.attrelid
            JOIN pg_namespace s ON s.oid = c.relnamespace
            WHERE s.nspname %s AND c.relname = ? AND a.attnum > 0 AND NOT a.attisdropped"""
                .formatted(schemaCondition))) {
      query.setString(1, table);
      try (ResultSet columns = query.executeQuery()) {
        while (columns.next()) {
          types.put(columns.getString(1), new SqlType(columns.getString(2), columns.getBoolean(3)));
        }
      }
    }
    return types;
  }
}
