package dev.changelake.compact.demo;

import dev.changelake.compact.batch.Manifest;
import dev.changelake.compact.console.TextTable;
import dev.changelake.compact.lake.Lake;
import dev.changelake.compact.ledger.TableLedger;
import dev.changelake.compact.ledger.TopicLedger;
import dev.changelake.compact.output.OutputFolder;
import dev.changelake.compact.report.Report;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/** What the demo ends with: tables, ledger, reports, files, and what to try next. */
final class DemoSummary {
  private static final int REPORT_LINES = 5;

  private final PrintWriter out;
  private final Lake lake;
  private final Path directory;

  DemoSummary(PrintWriter out, Lake lake, Path directory) {
    this.out = out;
    this.lake = lake;
    this.directory = directory;
  }

  void print(Manifest manifest, Collection<Report> reports) {
    out.printf("%nThe lake as of batch %s%n%n", manifest.batch());
    tables(manifest);
    out.printf("%nThe ledger of that batch: what came in, and what became of it%n%n");
    ledger(manifest);
    reports.forEach(report -> head(report, manifest));
    files(manifest);
    out.flush();
  }

  private void tables(Manifest manifest) {
    TextTable table = new TextTable("table", "rows", "version", "inserted", "updated", "deleted");
    for (TableLedger ledger : manifest.tableLedgers()) {
      table.row(
          ledger.table(),
          manifest.rowsOf(ledger.table()),
          manifest.tableVersion(ledger.table()).orElseThrow(),
          ledger.inserted(),
          ledger.updated(),
          ledger.deleted());
    }
    table.print(out);
  }

  private void ledger(Manifest manifest) {
    TextTable table =
        new TextTable("topic", "landed", "changes", "tombstones", "control", "quarantined");
    for (TopicLedger ledger : manifest.topicLedgers()) {
      table.row(
          ledger.topic(),
          ledger.landed(),
          ledger.count("change"),
          ledger.count("tombstone"),
          ledger.count("control"),
          ledger.count("quarantined"));
    }
    table.print(out);
  }

  private void head(Report report, Manifest manifest) {
    OutputFolder folder =
        new OutputFolder(
            lake.outputs(), lake.layout().reportFolder(report.name(), manifest.businessDate()));
    out.printf("%n%s: %s%n%n", report.name(), report.description());
    folder
        .standing()
        .ifPresent(
            files -> {
              String csv =
                  new String(
                      lake.files()
                          .read(folder.path() + "/" + files.files().get(0).name())
                          .orElseThrow(),
                      StandardCharsets.UTF_8);
              List<String> lines = csv.lines().limit(1 + REPORT_LINES).toList();
              lines.forEach(line -> out.println("  " + line));
              if (files.rows() > REPORT_LINES) {
                out.printf("  … %,d rows in all%n", files.rows());
              }
            });
  }

  private void files(Manifest manifest) {
    String bucket = lake.layout().root().substring("s3a://".length());
    Path files = directory.resolve("s3").resolve(bucket).resolve("data");
    out.printf("%nFiles, as the S3 server keeps them under %s%n%n", files);
    TextTable table = new TextTable("what", "where");
    table.row("raw files", "raw/" + manifest.businessDate());
    table.row("change logs and tables (Delta)", "delta/");
    table.row("snapshots (parquet)", "final/table=<name>/" + manifest.businessDate());
    table.row("reports (CSV)", "final/report=<name>/" + manifest.businessDate());
    table.row("dashboards (HTML)", "final/dashboard/index.html");
    table.row("plans, manifests, results", "_changelake/");
    table.print(out);
  }
}
