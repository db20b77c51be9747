package dev.changelake.compact.report;

import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.spark.sql.Row;

/**
 * CSV in UTF-8 with a header and RFC 4180's quoting where it may be needed, lines ending in a line
 * feed: null is an empty field, an empty text is {@code ""}, instants are in UTC.
 */
final class ReportCsv {
  private static final CsvFactory FACTORY =
      CsvFactory.builder().enable(CsvGenerator.Feature.ALWAYS_QUOTE_EMPTY_STRINGS).build();

  private ReportCsv() {}

  static byte[] write(Report report, List<Row> rows) {
    CsvSchema.Builder schema = CsvSchema.builder().setLineSeparator("\n");
    report.columns().forEach(column -> schema.addColumn(column.name()));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (CsvGenerator csv =
        FACTORY.createGenerator(new OutputStreamWriter(bytes, StandardCharsets.UTF_8))) {
      csv.setSchema(schema.build());
      csv.writeStartArray();
      // Also without rows a reader finds the columns.
      report.columns().forEach(column -> text(csv, column.name()));
      csv.writeEndArray();
      for (Row row : rows) {
        csv.writeStartArray();
        for (int i = 0; i < row.size(); i++) {
          text(csv, row.get(i));
        }
        csv.writeEndArray();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void text(CsvGenerator csv, Object value) {
    try {
      if (value == null) {
        csv.writeNull();
      } else if (value instanceof BigDecimal number) {
        csv.writeString(number.toPlainString());
      } else {
        csv.writeString(value.toString());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
