package dev.changelake.compact.load;

import dev.changelake.compact.output.CsvLines;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.ForeachPartitionFunction;
import org.apache.spark.sql.Row;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;

/**
 * Copies one task's rows into a staging table. A task that is tried again first takes away what an
 * earlier attempt left.
 */
final class CopyRows implements ForeachPartitionFunction<Row> {
  private static final long serialVersionUID = 1L;

  private final PostgresConnector connector;
  private final String staging;
  private final List<String> columns;

  /**
   * The copy.
   *
   * @param staging the staging table, qualified and quoted
   * @param columns the rows' columns, in order
   */
  CopyRows(PostgresConnector connector, String staging, List<String> columns) {
    this.connector = connector;
    this.staging = staging;
    this.columns = List.copyOf(columns);
  }

  @Override
  public void call(Iterator<Row> rows) throws Exception {
    int part = TaskContext.getPartitionId();
    List<String> all = new ArrayList<>(List.of(PostgresSql.PART));
    all.addAll(columns);
    try (Connection connection = connector.open()) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(
            "DELETE FROM %s WHERE %s = ".formatted(staging, PostgresSql.quoted(PostgresSql.PART))
                + part);
      }
      String copy =
          "COPY %s (%s) FROM STDIN (FORMAT csv)".formatted(staging, PostgresSql.quoted(all));
      // COPY takes an empty field as null and a quoted one as an empty text.
      try (CsvLines csv =
          new CsvLines(new PGCopyOutputStream(connection.unwrap(PGConnection.class), copy), all)) {
        while (rows.hasNext()) {
          csv.add(values(part, rows.next(), connection));
        }
      }
      connection.commit();
    }
  }

  private static List<Object> values(int part, Row row, Connection connection) throws SQLException {
    List<Object> values = new ArrayList<>();
    values.add(part);
    for (int i = 0; i < row.size(); i++) {
      values.add(PostgresText.of(row, i, connection));
    }
    return values;
  }
}
