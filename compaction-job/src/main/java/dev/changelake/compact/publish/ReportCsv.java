package dev.changelake.compact.publish;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.unhex;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import dev.changelake.compact.batch.Manifest;
import dev.changelake.compact.lake.Lake;
import dev.changelake.compact.output.OutputPart;
import dev.changelake.compact.output.PublishedFiles;
import dev.changelake.compact.report.Report;
import dev.changelake.contract.ColumnType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Reads a report as it stands in the lake, each value as its text. */
final class ReportCsv {
  private static final CsvMapper CSV =
      CsvMapper.builder()
          .enable(CsvParser.Feature.WRAP_AS_ARRAY)
          .enable(CsvParser.Feature.EMPTY_UNQUOTED_STRING_AS_NULL)
          .build();

  private ReportCsv() {}

  static Dataset<Row> read(
      SparkSession spark, Lake lake, Report report, Manifest manifest, PublishedFiles published) {
    String folder = StandingReports.path(lake, report, manifest);
    List<Row> rows = new ArrayList<>();
    StructType schema = null;
    for (OutputPart part : published.files()) {
      String path = folder + "/" + part.name();
      List<String[]> lines = lines(lake.files().read(path).orElseThrow());
      schema = schema(lines.get(0));
      lines.stream().skip(1).map(line -> RowFactory.create((Object[]) line)).forEach(rows::add);
    }
    Dataset<Row> texts = spark.createDataFrame(rows, schema);
    return texts.select(
        report.columns().stream()
            .map(column -> value(texts.col(column.name()), column))
            .toArray(Column[]::new));
  }

  /** Bytes stand in the file as PostgreSQL reads them; all else is read by each warehouse so. */
  private static Column value(Column text, dev.changelake.contract.Column column) {
    return column.type().kind() == ColumnType.Kind.BINARY
        ? unhex(regexp_replace(text, lit("^.x"), lit(""))).as(column.name())
        : text;
  }

  private static List<String[]> lines(byte[] csv) {
    try (MappingIterator<String[]> lines = CSV.readerFor(String[].class).readValues(csv)) {
      return lines.readAll();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static StructType schema(String[] header) {
    return new StructType(
        Arrays.stream(header)
            .map(name -> DataTypes.createStructField(name, DataTypes.StringType, true))
            .toArray(StructField[]::new));
  }
}
