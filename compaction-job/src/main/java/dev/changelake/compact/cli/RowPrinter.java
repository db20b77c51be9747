package dev.changelake.compact.cli;

import dev.changelake.compact.console.TextTable;
import dev.changelake.compact.query.JsonLines;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Prints the rows of a query. */
final class RowPrinter {
  private final PrintWriter out;
  private final OutputFormat format;
  private final int limit;

  RowPrinter(PrintWriter out, OutputFormat format, int limit) {
    this.out = out;
    this.format = format;
    this.limit = limit;
  }

  void print(Dataset<Row> rows) {
    switch (format) {
      case TABLE -> table(JsonLines.ofNested(rows));
      case CSV -> csv(JsonLines.ofNested(rows));
      case JSON -> JsonLines.of(rows.limit(limit)).collectAsList().forEach(out::println);
    }
    out.flush();
  }

  private void table(Dataset<Row> rows) {
    List<Row> found = rows.limit(limit + 1).collectAsList();
    TextTable table = new TextTable(Arrays.asList(rows.columns()));
    found.stream().limit(limit).forEach(row -> table.row(cells(row)));
    table.print(out);
    boolean more = found.size() > limit;
    out.printf(
        Locale.ROOT,
        "(%s%d %s)%n",
        more ? "first " : "",
        Math.min(found.size(), limit),
        found.size() == 1 ? "row" : "rows");
  }

  private void csv(Dataset<Row> rows) {
    out.println(
        Arrays.stream(rows.columns()).map(RowPrinter::quoted).collect(Collectors.joining(",")));
    Iterator<Row> found = rows.limit(limit).toLocalIterator();
    while (found.hasNext()) {
      out.println(csv(found.next()));
    }
  }

  /** A line of CSV: nothing for null, quotes for an empty text, bytes in hexadecimal. */
  static String csv(Row row) {
    return IntStream.range(0, row.length())
        .mapToObj(i -> row.isNullAt(i) ? "" : quoted(whole(row.get(i))))
        .collect(Collectors.joining(","));
  }

  private static Object[] cells(Row row) {
    return IntStream.range(0, row.length())
        .mapToObj(i -> row.isNullAt(i) ? "null" : text(row.get(i)))
        .toArray();
  }

  /** A table is for the eye, to which bytes say nothing. */
  private static String text(Object value) {
    return value instanceof byte[] bytes ? bytes.length + " bytes" : value.toString();
  }

  private static String whole(Object value) {
    return value instanceof byte[] bytes
        ? "\\x" + HexFormat.of().formatHex(bytes)
        : value.toString();
  }

  /** RFC 4180: quoted where a reader could take it apart or for null. */
  private static String quoted(String text) {
    boolean plain =
        !text.isEmpty()
            && text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
