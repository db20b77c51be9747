package dev.changelake.compact.dashboard;

import java.util.Objects;
import java.util.Optional;

/**
 * One report on the page: its chart, and the same numbers as a table.
 *
 * @param id the report
 * @param note what it tells
 * @param chart what is drawn; empty if there is nothing to draw
 * @param summary what the chart shows, for those who do not see it; or why there is none
 * @param table the first of the report's rows, as its CSV has them
 * @param total how many rows the CSV has
 * @param csv the CSV's path from the page; empty if the batch lacks the report
 */
record Panel(
    String id,
    String title,
    String note,
    Optional<Chart> chart,
    String summary,
    DataTable table,
    long total,
    Optional<String> csv) {
  Panel {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(note, "note");
    Objects.requireNonNull(summary, "summary");
    Objects.requireNonNull(table, "table");
    if (chart.isPresent() && csv.isEmpty()) {
      throw new IllegalArgumentException("A chart is drawn from a report: " + id);
    }
  }

  /** The CSS class of the room that the chart needs. */
  String room() {
    return chart
        .filter(one -> one.form() == Chart.Form.BARS && one.labels().size() > 5)
        .map(one -> "plot tall")
        .orElse("plot");
  }

  /** What the table's fold is called. */
  String tableTitle() {
    return table.rows().size() == total
        ? "The numbers, %,d rows".formatted(total)
        : "The numbers, the first %,d of %,d rows".formatted(table.rows().size(), total);
  }
}
