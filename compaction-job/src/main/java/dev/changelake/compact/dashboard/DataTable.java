package dev.changelake.compact.dashboard;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/** A table as it stands on the page. */
record DataTable(String caption, List<Heading> columns, List<Line> rows) {
  DataTable {
    Objects.requireNonNull(caption, "caption");
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }

  /** Makes the table; a column of numbers is set to the right. */
  static DataTable of(String caption, List<Heading> columns, List<List<String>> rows) {
    return new DataTable(
        caption, columns, rows.stream().map(row -> Line.of(columns, row)).toList());
  }

  /** The head of a column. */
  record Heading(String name, boolean numeric) {
    static Heading text(String name) {
      return new Heading(name, false);
    }

    static Heading number(String name) {
      return new Heading(name, true);
    }

    String css() {
      return numeric ? "number" : "text";
    }
  }

  /** One row: what it is about, then its other values. */
  record Line(Cell head, List<Cell> cells) {
    Line {
      cells = List.copyOf(cells);
    }

    static Line of(List<Heading> columns, List<String> values) {
      if (columns.size() != values.size()) {
        throw new IllegalArgumentException(
            "A row has %d values for %d columns".formatted(values.size(), columns.size()));
      }
      List<Cell> cells =
          IntStream.range(0, values.size())
              .mapToObj(i -> new Cell(values.get(i), columns.get(i).css()))
              .toList();
      return new Line(cells.get(0), cells.subList(1, cells.size()));
    }
  }

  /** One value. */
  record Cell(String value, String css) {}
}
