package dev.changelake.produce.database;

import dev.changelake.contract.Column;
import dev.changelake.contract.TableContract;
import dev.changelake.envelope.Operation;
import dev.changelake.produce.feed.Change;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The statements that make changes of rows.
 *
 * <p>An insert of a row that is there, which a day that was left out may lead to, is an update.
 */
final class RowStatements implements AutoCloseable {
  private final Connection connection;
  private final Map<String, PreparedStatement> statements = new HashMap<>();

  RowStatements(Connection connection) {
    this.connection = connection;
  }

  void execute(TableContract table, Change change) throws SQLException {
    boolean deletes = change.operation() == Operation.DELETE;
    List<Column> columns = deletes ? table.keyColumns() : table.messageColumns();
    PreparedStatement statement = statement(table, deletes);
    Map<String, Object> row = change.row().columns();
    for (int i = 0; i < columns.size(); i++) {
      statement.setObject(i + 1, value(row.get(columns.get(i).name())));
    }
    statement.executeUpdate();
  }

  private PreparedStatement statement(TableContract table, boolean deletes) throws SQLException {
    String sql = deletes ? delete(table) : upsert(table);
    PreparedStatement statement = statements.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      statements.put(sql, statement);
    }
    return statement;
  }

  private static String upsert(TableContract table) {
    List<String> columns = names(table.messageColumns());
    List<String> key = names(table.keyColumns());
    String changed =
        columns.stream()
            .filter(column -> !key.contains(column))
            .map(column -> column + " = EXCLUDED." + column)
            .collect(Collectors.joining(", "));
    return "INSERT INTO %s (%s) VALUES (%s) ON CONFLICT (%s) DO %s"
        .formatted(
            PlatformTables.qualified(table),
            String.join(", ", columns),
            columns.stream().map(column -> "?").collect(Collectors.joining(", ")),
            String.join(", ", key),
            changed.isEmpty() ? "NOTHING" : "UPDATE SET " + changed);
  }

  private static String delete(TableContract table) {
    return "DELETE FROM %s WHERE %s"
        .formatted(
            PlatformTables.qualified(table),
            names(table.keyColumns()).stream()
                .map(column -> column + " = ?")
                .collect(Collectors.joining(" AND ")));
  }

  private static List<String> names(List<Column> columns) {
    return columns.stream().map(column -> PlatformTables.quoted(column.name())).toList();
  }

  /** The driver takes the other types as they are. */
  private static Object value(Object value) {
    return value instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : value;
  }

  @Override
  public void close() throws SQLException {
    for (PreparedStatement statement : statements.values()) {
      statement.close();
    }
  }
}
