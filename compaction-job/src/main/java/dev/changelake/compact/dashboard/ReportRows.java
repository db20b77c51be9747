package dev.changelake.compact.dashboard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A report's rows, each value as the text that stands in its CSV.
 *
 * @param path the CSV's path under the lake's root
 */
record ReportRows(String path, List<String> columns, List<List<String>> rows) {
  private static final CsvMapper CSV =
      CsvMapper.builder().enable(CsvParser.Feature.WRAP_AS_ARRAY).build();

  ReportRows {
    Objects.requireNonNull(path, "path");
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
    for (List<String> row : rows) {
      if (row.size() != columns.size()) {
        throw new IllegalArgumentException(
            "A row of %s has %d values for %d columns".formatted(path, row.size(), columns.size()));
      }
    }
  }

  /** Reads a report's CSV, whose first line names the columns. */
  static ReportRows parse(String path, byte[] csv) {
    try (MappingIterator<String[]> lines =
        CSV.readerFor(String[].class).readValues(new String(csv, StandardCharsets.UTF_8))) {
      List<List<String>> all = lines.readAll().stream().map(Arrays::asList).toList();
      if (all.isEmpty()) {
        throw new IllegalArgumentException(path + " has no header");
      }
      return new ReportRows(path, all.get(0), all.subList(1, all.size()));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(path + " is no CSV", e);
    } catch (IOException e) {
      throw new IllegalStateException("A text can be read", e);
    }
  }

  /** The values of a column, in the rows' order. */
  List<String> column(String name) {
    int place = columns.indexOf(name);
    if (place < 0) {
      throw new IllegalArgumentException("%s has no column %s".formatted(path, name));
    }
    return rows.stream().map(row -> row.get(place)).toList();
  }
}
