package dev.changelake.compact.load;

import dev.changelake.contract.Column;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes the warehouse's tables as their contracts say. */
final class PostgresTables {
  /** Any number: two drivers that create the same tables take turns. */
  private static final long CREATION = 0x6368616e67656c61L;

  private final String schema;

  PostgresTables(String schema) {
    this.schema = schema;
  }

  /**
   * Creates the schema, the audit and the table, where they are missing. What was loaded into a
   * table that somebody dropped is forgotten with it.
   */
  void prepare(Connection connection, LoadAudit audit, WarehouseTable table) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT pg_advisory_xact_lock(%d)".formatted(CREATION));
      // CREATE SCHEMA needs a right that is not needed otherwise.
      if (!exists(connection, "to_regnamespace", PostgresSql.quoted(schema))) {
        statement.execute("CREATE SCHEMA " + PostgresSql.quoted(schema));
      }
      audit.createIfAbsent(connection);
      if (!exists(connection, "to_regclass", PostgresSql.qualified(schema, table.name()))) {
        statement.execute(PostgresSql.createTable(schema, table));
        audit.forget(connection, table.name());
      }
    }
    connection.commit();
  }

  private static boolean exists(Connection connection, String lookUp, String name)
      throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT %s(?) IS NOT NULL".formatted(lookUp))) {
      query.setString(1, name);
      try (ResultSet found = query.executeQuery()) {
        found.next();
        return found.getBoolean(1);
      }
    }
  }

  /**
   * Lets the table follow its contract: adds the columns that it does not have yet, widens types,
   * and lets columns be null.
   *
   * @param staging a table that was just created from the contract
   */
  void follow(Connection connection, WarehouseTable table, String staging) throws SQLException {
    Map<String, PostgresType> present = types(connection, table.name());
    Map<String, PostgresType> wanted = types(connection, staging);
    for (Column column : table.columns()) {
      PostgresType type = present.get(column.name());
      PostgresType next = wanted.get(column.name());
      if (type == null) {
        execute(connection, PostgresSql.addColumn(schema, table, column));
        continue;
      }
      if (type.required() && !next.required()) {
        execute(connection, PostgresSql.dropNotNull(schema, table, column));
      }
      if (type.fitsIn(next)) {
        execute(connection, PostgresSql.changeType(schema, table, column));
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

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private Map<String, PostgresType> types(Connection connection, String table) throws SQLException {
    Map<String, PostgresType> types = new LinkedHashMap<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            """
            SELECT a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull
            FROM pg_attribute a
            JOIN pg_class c ON c.oid = a.attrelid
            JOIN pg_namespace s ON s.oid = c.relnamespace
            WHERE s.nspname = ? AND c.relname = ? AND a.attnum > 0 AND NOT a.attisdropped""")) {
      query.setString(1, schema);
      query.setString(2, table);
      try (ResultSet columns = query.executeQuery()) {
        while (columns.next()) {
          types.put(
              columns.getString(1), new PostgresType(columns.getString(2), columns.getBoolean(3)));
        }
      }
    }
    return types;
  }
}
