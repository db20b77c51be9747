package dev.changelake.compact.load;

import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.OutputStreamWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
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
    try (Connection connection = connector.open()) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(
            "DELETE FROM %s WHERE %s = %d"
                .formatted(staging, PostgresSql.quoted(PostgresSql.PART), part));
      }
      String copy =
          "COPY %s (%s, %s) FROM STDIN (FORMAT csv)"
              .formatted(
                  staging, PostgresSql.quoted(PostgresSql.PART), PostgresSql.quoted(columns));
      try (PGCopyOutputStream out =
              new PGCopyOutputStream(connection.unwrap(PGConnection.class), copy);
          CsvGenerator csv = csv(out)) {
        while (rows.hasNext()) {
          write(csv, part, rows.next());
        }
      }
      connection.commit();
    }
  }

  private CsvGenerator csv(PGCopyOutputStream out) throws java.io.IOException {
    CsvGenerator csv =
        CsvFactory.builder()
            .enable(CsvGenerator.Feature.ALWAYS_QUOTE_EMPTY_STRINGS)
            .build()
            .createGenerator(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    CsvSchema.Builder schema = CsvSchema.builder().setLineSeparator("\n");
    schema.addColumn(PostgresSql.PART);
    columns.forEach(schema::addColumn);
    csv.setSchema(schema.build());
    return csv;
  }

  /** Null is an empty field, which COPY takes as one; an empty text is quoted. */
  private static void write(CsvGenerator csv, int part, Row row) throws java.io.IOException {
    csv.writeStartArray();
    csv.writeNumber(part);
    for (int i = 0; i < row.size(); i++) {
      Object value = row.get(i);
      if (value == null) {
        csv.writeNull();
      } else if (value instanceof BigDecimal number) {
        csv.writeString(number.toPlainString());
      } else {
        csv.writeString(value.toString());
      }
    }
    csv.writeEndArray();
  }
}
