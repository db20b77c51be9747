package dev.changelake.oracle;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads a table of PostgreSQL by plain JDBC; the driver is the caller's.
 *
 * <p>Types are the database's, not the expected ones, so that an {@code int} where a {@code bigint}
 * should be shows as a difference. A moment must be stored with its zone.
 */
public final class JdbcTable {

  private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]*(\\.[a-z_][a-z0-9_]*)?");

  private final Connection connection;

  /** Reads within the connection's transaction and leaves it open. */
  public JdbcTable(Connection connection) {
    this.connection = Objects.requireNonNull(connection, "connection");
  }

  /**
   * The rows by row key.
   *
   * @param table its name, after its schema's and a point if it is not on the search path
   */
  public SortedMap<String, SortedMap<String, Object>> rows(String table, List<String> key)
      throws SQLException {
    if (!NAME.matcher(table).matches()) {
      throw new IllegalArgumentException("Not a table's name: " + table);
    }
    SortedMap<String, SortedMap<String, Object>> rows = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT * FROM " + table)) {
      ResultSetMetaData columns = result.getMetaData();
      while (result.next()) {
        SortedMap<String, Object> cells = new TreeMap<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
          cells.put(columns.getColumnName(i), cell(result, columns, i));
        }
        KeyedRows.add(rows, key, cells);
      }
    }
    return Collections.unmodifiableSortedMap(rows);
  }

  private static Object cell(ResultSet result, ResultSetMetaData columns, int i)
      throws SQLException {
    return switch (columns.getColumnType(i)) {
      case Types.BIGINT -> result.getObject(i, Long.class);
      case Types.INTEGER -> result.getObject(i, Integer.class);
      case Types.BOOLEAN, Types.BIT -> result.getObject(i, Boolean.class);
      case Types.VARCHAR, Types.CHAR, Types.LONGVARCHAR -> result.getString(i);
      case Types.NUMERIC, Types.DECIMAL -> result.getObject(i, BigDecimal.class);
      case Types.DATE -> result.getObject(i, LocalDate.class);
      case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE -> moment(result, columns, i);
      default -> throw unknown(columns, i);
    };
  }

  /** The driver gives both kinds of timestamps the same JDBC type, but not the same name. */
  private static Instant moment(ResultSet result, ResultSetMetaData columns, int i)
      throws SQLException {
    if (!columns.getColumnTypeName(i).equals("timestamptz")) {
      throw unknown(columns, i);
    }
    OffsetDateTime moment = result.getObject(i, OffsetDateTime.class);
    return moment == null ? null : moment.toInstant();
  }

  private static IllegalArgumentException unknown(ResultSetMetaData columns, int i)
      throws SQLException {
    return new IllegalArgumentException(
        "The oracle knows no cells of type %s, as in %s"
            .formatted(columns.getColumnTypeName(i), columns.getColumnName(i)));
  }
}
