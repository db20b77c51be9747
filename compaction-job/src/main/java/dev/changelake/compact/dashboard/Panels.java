package dev.changelake.compact.dashboard;

import dev.changelake.compact.batch.Manifest;
import dev.changelake.compact.dashboard.Chart.Form;
import dev.changelake.compact.dashboard.Chart.Series;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Makes the panels of a batch's reports. */
final class Panels {
  /** As many bars as one reads at a glance. */
  static final int TOP_CUSTOMERS = 12;

  /** A page is to be read; whoever wants more rows takes the CSV. */
  static final int TABLE_ROWS = 200;

  /** The page lies in {@code data/final/dashboard/<date>}. */
  private static final String TO_FINAL = "../../";

  private static final String FINAL = "data/final/";

  private final Manifest manifest;
  private final BatchReports reports;

  Panels(Manifest manifest, BatchReports reports) {
    this.manifest = manifest;
    this.reports = reports;
  }

  /** The panels, in the page's order. */
  List<Panel> all() {
    return List.of(sales(), devices(), products(), leads());
  }

  private Panel sales() {
    String title = "Monthly sales and profit";
    String note =
        "What was quoted in a month, and what remains of it after the products' unit prices.";
    Optional<ReportRows> found = reports.find(Chart.SALES);
    if (found.isEmpty() || found.get().rows().isEmpty()) {
      return without(Chart.SALES, title, note, found);
    }
    ReportRows rows = found.get();
    List<String> years = rows.column("sale_year");
    List<String> months = rows.column("sale_month");
    List<String> labels =
        oldestFirst(
            IntStream.range(0, years.size())
                .mapToObj(i -> "%s-%02d".formatted(years.get(i), Integer.parseInt(months.get(i))))
                .toList());
    List<String> sales = oldestFirst(rows.column("monthly_sales"));
    List<String> profit = oldestFirst(rows.column("monthly_profit"));
    int last = labels.size() - 1;
    String summary =
        "Two lines over %d months, %s to %s. The last month has sales of %s and a profit of %s."
            .formatted(
                labels.size(), labels.get(0), labels.get(last), sales.get(last), profit.get(last));
    return panel(
        title,
        note,
        new Chart(
            Chart.SALES,
            Form.LINES,
            labels,
            List.of(new Series("Sales", sales), new Series("Profit", profit))),
        summary,
        rows,
        rows.rows(),
        DataTable.Heading.text("Year"),
        DataTable.Heading.text("Month"),
        DataTable.Heading.number("Sales"),
        DataTable.Heading.number("Profit"));
  }

  private Panel devices() {
    String title = "Most used devices";
    String note = "The five devices that most of the day's requests came from.";
    Optional<ReportRows> found = reports.find(Chart.DEVICES);
    if (found.isEmpty() || found.get().rows().isEmpty()) {
      return without(Chart.DEVICES, title, note, found);
    }
    ReportRows rows = found.get();
    List<String> devices = rows.column("device");
    List<String> requests = rows.column("total_devices");
    return panel(
        title,
        note,
        new Chart(Chart.DEVICES, Form.BARS, devices, List.of(new Series("Requests", requests))),
        "%d bars, the longest first: %s with %s requests."
            .formatted(devices.size(), devices.get(0), requests.get(0)),
        rows,
        rows.rows(),
        DataTable.Heading.text("Device"),
        DataTable.Heading.number("Requests"));
  }

  private Panel products() {
    String title = "Most popular products by country";
    String note =
        "Products ordered by customers who visited that day from the country with the most distinct"
            + " users; drawn by ranges of product numbers.";
    Optional<ReportRows> found = reports.find(Chart.PRODUCTS);
    if (found.isEmpty() || found.get().rows().isEmpty()) {
      return without(Chart.PRODUCTS, title, note, found);
    }
    ReportRows rows = found.get();
    Chart chart = ProductRanges.chart(rows.column("prod_id"), rows.column("country"));
    List<String> told = new ArrayList<>();
    for (Series country : chart.series()) {
      long products = country.values().stream().mapToLong(Long::parseLong).sum();
      told.add("%,d products of country %s".formatted(products, country.name()));
    }
    return panel(
        title,
        note,
        chart,
        "%s, counted in %d ranges of product numbers, %s to %s."
            .formatted(
                String.join(", ", told),
                chart.labels().size(),
                chart.labels().get(0),
                chart.labels().get(chart.labels().size() - 1)),
        rows,
        rows.rows(),
        DataTable.Heading.text("Product"),
        DataTable.Heading.text("Country"));
  }

  private Panel leads() {
    String title = "Top customers by leads";
    String note = "Orders of a customer that came from a lead, most first.";
    Optional<ReportRows> found = reports.find(Chart.LEADS);
    if (found.isEmpty() || found.get().rows().isEmpty()) {
      return without(Chart.LEADS, title, note, found);
    }
    ReportRows rows = found.get();
    int customer = rows.columns().indexOf("customer_id");
    int leads = rows.columns().indexOf("total_leads");
    // The report is in the order of customers, and a sort keeps it where leads are equal.
    List<List<String>> most =
        rows.rows().stream()
            .sorted(
                Comparator.comparingLong((List<String> row) -> Long.parseLong(row.get(leads)))
                    .reversed())
            .toList();
    List<List<String>> top = most.stream().limit(TOP_CUSTOMERS).toList();
    List<String> labels = top.stream().map(row -> "Customer " + row.get(customer)).toList();
    List<String> values = top.stream().map(row -> row.get(leads)).toList();
    return panel(
        title,
        note,
        new Chart(Chart.LEADS, Form.BARS, labels, List.of(new Series("Leads", values))),
        "%d bars of %,d customers, the longest first: %s with %s leads."
            .formatted(labels.size(), rows.rows().size(), labels.get(0), values.get(0)),
        rows,
        most,
        DataTable.Heading.text("Customer"),
        DataTable.Heading.number("Leads"));
  }

  private static Panel panel(
      String title,
      String note,
      Chart chart,
      String summary,
      ReportRows rows,
      List<List<String>> ordered,
      DataTable.Heading... columns) {
    return new Panel(
        chart.id(),
        title,
        note,
        Optional.of(chart),
        summary,
        DataTable.of(title, List.of(columns), ordered.stream().limit(TABLE_ROWS).toList()),
        rows.rows().size(),
        Optional.of(csv(rows)));
  }

  private Panel without(String id, String title, String note, Optional<ReportRows> found) {
    String why =
        found.isPresent()
            ? "The report %s of batch %s has no rows.".formatted(id, manifest.batch())
            : "Batch %s has no report %s: the batch lacks a table that it reads, or it could not be made."
                .formatted(manifest.batch(), id);
    return new Panel(
        id,
        title,
        note,
        Optional.empty(),
        why,
        DataTable.of(title, List.of(), List.of()),
        0,
        found.map(Panels::csv));
  }

  private static String csv(ReportRows rows) {
    return TO_FINAL + rows.path().substring(FINAL.length());
  }

  private static List<String> oldestFirst(List<String> newestFirst) {
    List<String> reversed = new ArrayList<>(newestFirst);
    Collections.reverse(reversed);
    return reversed;
  }
}
