package dev.changelake.compact.publish;

import static org.apache.spark.sql.functions.col;

import dev.changelake.compact.batch.Manifest;
import dev.changelake.compact.lake.BatchRun.Outcome;
import dev.changelake.compact.lake.Lake;
import dev.changelake.compact.load.Parity;
import dev.changelake.compact.load.Warehouse;
import dev.changelake.compact.output.PublishedFiles;
import dev.changelake.compact.query.LakeViews;
import dev.changelake.compact.report.Report;
import dev.changelake.compact.report.Reports;
import dev.changelake.compact.result.Finding;
import dev.changelake.compact.result.Finding.Verdict;
import dev.changelake.compact.spark.WorkSize;
import dev.changelake.contract.Column;
import dev.changelake.contract.TableContract;
import dev.changelake.contract.TableContracts;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Compares the warehouse's tables and reports with those of a batch, value by value. */
public final class ParityRun {
  private final SparkSession spark;
  private final Lake lake;
  private final TableContracts contracts;
  private final Reports reports;
  private final Warehouse warehouse;

  /**
   * A comparison.
   *
   * @param contracts as they were in the batch
   */
  public ParityRun(
      SparkSession spark,
      Lake lake,
      TableContracts contracts,
      Reports reports,
      Warehouse warehouse) {
    this.spark = spark;
    this.lake = lake;
    this.contracts = contracts;
    this.reports = reports;
    this.warehouse = warehouse;
  }

  /** Compares all, and tells of each table as it is done. */
  public Outcome run(Manifest manifest, Consumer<Finding> done) {
    List<Finding> findings = new ArrayList<>();
    Consumer<Parity> tell =
        parity -> {
          Finding finding = finding(parity);
          findings.add(finding);
          done.accept(finding);
        };
    for (TableContract table : new BaseTables(contracts, manifest).all()) {
      tell.accept(
          warehouse.compare(
              LoadedShapes.of(table),
              manifest.plan().n(),
              Snapshot.inputs(table, manifest),
              () -> rows(table, manifest)));
    }
    for (Report report : reports.all()) {
      if (report.missing(manifest, contracts).isEmpty()) {
        PublishedFiles files = new StandingReports(lake).of(report, manifest);
        tell.accept(
            warehouse.compare(
                LoadedShapes.of(report),
                files.plan().n(),
                files.inputs(),
                () -> ReportCsv.read(spark, lake, report, manifest, files)));
      }
    }
    List<Finding> broken =
        findings.stream().filter(finding -> finding.verdict() == Verdict.BROKEN).toList();
    return broken.isEmpty()
        ? Outcome.verified(findings, List.of(), false)
        : Outcome.refused(findings, List.of(), differs(manifest, broken));
  }

  /** As the lake has it, not as its snapshot was written. */
  private Dataset<Row> rows(TableContract table, Manifest manifest) {
    SparkSession session = WorkSize.sessionFor(spark, manifest.rowsOf(table.table()));
    return new LakeViews(session, lake.layout(), contracts, manifest)
        .table(table.table())
        .select(
            table.storedColumns().stream()
                .map(Column::name)
                .map(name -> col(name))
                .toArray(org.apache.spark.sql.Column[]::new));
  }

  private static Finding finding(Parity parity) {
    return parity.differing() == 0
        ? new Finding(
            parity.table(),
            "the warehouse has the lake's %s".formatted(parity.lake()),
            Verdict.HOLDS,
            0,
            List.of())
        : new Finding(
            parity.table(),
            "the warehouse has the lake's %s, and has %s"
                .formatted(parity.lake(), parity.warehouse()),
            Verdict.BROKEN,
            parity.differing(),
            ranges(parity));
  }

  private static List<String> ranges(Parity parity) {
    List<String> ranges = new ArrayList<>();
    long told = 0;
    for (Parity.KeyRange range : parity.ranges()) {
      ranges.add(range.toString());
      told += range.keys();
    }
    if (told < parity.differing()) {
      ranges.add("%d keys after these".formatted(parity.differing() - told));
    }
    return ranges;
  }

  private static ChangelakeException differs(Manifest manifest, List<Finding> broken) {
    return new ChangelakeException(
            ErrorCategory.DATA,
            "The warehouse differs from batch %s in %s."
                .formatted(
                    manifest.batch(),
                    broken.stream()
                        .map(
                            finding ->
                                "%d %s of %s"
                                    .formatted(
                                        finding.violations(),
                                        finding.violations() == 1 ? "row" : "rows",
                                        finding.table()))
                        .collect(Collectors.joining(", "))),
            "By key: %s."
                .formatted(
                    broken.stream()
                        .map(
                            finding ->
                                finding.table() + " " + String.join("; ", finding.examples()))
                        .collect(Collectors.joining(". "))),
            ("Somebody wrote to these tables beside Changelake. Drop them: `bin/changelake publish"
                    + " --batch %s` makes them anew.")
                .formatted(manifest.batch()))
        .notRetryable();
  }
}
