package dev.changelake.capture.source;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The publication whose tables the log's readers get.
 *
 * <p>It is looked after here and not by Debezium, which would ask for its tables on the connection
 * that it then reads the log by. PostgreSQL keeps what it has learned of a table on a connection,
 * and decodes by it rows that were written before the table was altered: as other values.
 */
final class Publication {
  private static final String ACTIONS =
      """
      SELECT puballtables, pubinsert AND pubupdate AND pubdelete AND pubtruncate
      FROM pg_publication WHERE pubname = ?""";
  private static final String TABLES =
      "SELECT schemaname, tablename FROM pg_publication_tables WHERE pubname = ?";

  private static final String FILTERED =
      """
      SELECT r.prrelid::regclass::text FROM pg_publication_rel r
      JOIN pg_publication p ON p.oid = r.prpubid
      WHERE p.pubname = ? AND (r.prqual IS NOT NULL OR r.prattrs IS NOT NULL) ORDER BY 1""";

  private final Connection connection;
  private final String name;

  Publication(Connection connection, String name) {
    this.connection = connection;
    this.name = name;
  }

  /** Makes the publication hold exactly these tables, with all that is done to their rows. */
  void hold(CapturedTables tables) throws SQLException {
    Set<String> wanted =
        tables.tables().stream()
            .map(table -> qualified(table.schema(), table.name()))
            .collect(Collectors.toCollection(TreeSet::new));
    try (PreparedStatement query = connection.prepareStatement(ACTIONS)) {
      query.setString(1, name);
      try (ResultSet found = query.executeQuery()) {
        if (!found.next()) {
          execute("CREATE PUBLICATION %s FOR TABLE %s".formatted(quoted(name), list(wanted)));
          return;
        }
        if (found.getBoolean(1) || !found.getBoolean(2)) {
          throw SourceErrors.otherPublication(name, found.getBoolean(1));
        }
        List<String> filtered = filtered();
        if (!filtered.isEmpty()) {
          throw SourceErrors.filteredPublication(name, filtered);
        }
        if (!present().equals(wanted)) {
          execute("ALTER PUBLICATION %s SET TABLE %s".formatted(quoted(name), list(wanted)));
        }
      }
    }
  }

  private List<String> filtered() throws SQLException {
    List<String> tables = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(FILTERED)) {
      query.setString(1, name);
      try (ResultSet found = query.executeQuery()) {
        while (found.next()) {
          tables.add(found.getString(1));
        }
      }
    }
    return tables;
  }

  private Set<String> present() throws SQLException {
    Set<String> tables = new TreeSet<>();
    try (PreparedStatement query = connection.prepareStatement(TABLES)) {
      query.setString(1, name);
      try (ResultSet found = query.executeQuery()) {
        while (found.next()) {
          tables.add(qualified(found.getString(1), found.getString(2)));
        }
      }
    }
    return tables;
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String list(Set<String> tables) {
    // Without ONLY, tables that inherit from one of them come in too.
    return "ONLY " + String.join(", ONLY ", tables);
  }

  private static String qualified(String schema, String table) {
    return quoted(schema) + "." + quoted(table);
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
