package dev.changelake.compact.report;

import dev.changelake.compact.output.CsvLines;
import dev.changelake.contract.Column;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;

/** A report as CSV with a header, so that also without rows a reader finds the columns. */
final class ReportCsv {
  private ReportCsv() {}

  static byte[] write(Report report, List<Row> rows) {
    List<String> header = report.columns().stream().map(Column::name).toList();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (CsvLines csv = new CsvLines(bytes, header)) {
      csv.add(header);
      for (Row row : rows) {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
          values.add(row.get(i));
        }
        csv.add(values);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
