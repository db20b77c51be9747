package dev.changelake.compact.load;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;

/** Names and literals in SQL, and statements without parameters. */
final class Sql {
  private Sql() {}

  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  static String quoted(List<String> names) {
    return names.stream().map(Sql::quoted).collect(Collectors.joining(", "));
  }

  static String qualified(String schema, String table) {
    return quoted(schema) + "." + quoted(table);
  }

  /** A text without a backslash, which old databases take for the begin of an escape. */
  static String literal(String text) {
    if (text.indexOf('\\') >= 0) {
      throw new IllegalArgumentException("No literal has a backslash here");
    }
    return "'" + text.replace("'", "''") + "'";
  }

  static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** How many rows a statement inserted or deleted. */
  static long update(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.executeUpdate(sql);
    }
  }

  static long count(Connection connection, String table) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet count = statement.executeQuery("SELECT count(*) FROM " + table)) {
      count.next();
      return count.getLong(1);
    }
  }
}
