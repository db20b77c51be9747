package dev.changelake.compact.report;

import dev.changelake.compact.batch.Manifest;
import dev.changelake.compact.dashboard.DashboardRun;
import dev.changelake.compact.lake.BatchRun.Outcome;
import dev.changelake.compact.lake.Lake;
import dev.changelake.compact.output.Inputs;
import dev.changelake.compact.output.OutputFolder;
import dev.changelake.compact.output.OutputFolder.Published;
import dev.changelake.compact.output.OutputPart;
import dev.changelake.compact.query.LakeViews;
import dev.changelake.compact.result.Output;
import dev.changelake.compact.spark.WorkSize;
import dev.changelake.contract.TableContracts;
import dev.changelake.error.ChangelakeException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Makes all reports of one batch, then its dashboard; what was made from the same versions is left
 * alone.
 */
public final class ReportRun {
  private final SparkSession spark;
  private final Lake lake;
  private final TableContracts contracts;
  private final Reports reports;

  public ReportRun(SparkSession spark, Lake lake, TableContracts contracts, Reports reports) {
    this.spark = spark;
    this.lake = lake;
    this.contracts = contracts;
    this.reports = reports;
  }

  /**
   * Makes the reports and tells of each as it is done. One that cannot be made keeps none of the
   * others; one that speaks of a table that the batch does not have yet is left out, and the
   * dashboard says so.
   */
  public Outcome run(Manifest manifest, Consumer<Output> done) {
    Predicate<String> used = table -> reports.all().stream().anyMatch(report -> report.uses(table));
    long rows = manifest.tables().keySet().stream().filter(used).mapToLong(manifest::rowsOf).sum();
    SparkSession session = WorkSize.sessionFor(spark, rows);
    new LakeViews(session, lake.layout(), contracts, manifest).register(used);
    List<Output> outputs = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    List<ChangelakeException> failures = new ArrayList<>();
    for (Report report : reports.all()) {
      List<String> missing = report.missing(manifest, contracts);
      if (!missing.isEmpty()) {
        warnings.add(leftOut(report, manifest, missing));
        continue;
      }
      try {
        Output output = make(session, report, manifest);
        outputs.add(output);
        done.accept(output);
      } catch (ChangelakeException e) {
        failures.add(e);
      }
    }
    try {
      for (Output page : new DashboardRun(lake).run(manifest)) {
        outputs.add(page);
        done.accept(page);
      }
    } catch (ChangelakeException e) {
      failures.add(e);
    }
    return Outcome.of(outputs, warnings, failures);
  }

  private static String leftOut(Report report, Manifest manifest, List<String> missing) {
    return "the report %s is left out: batch %s has no %s yet"
        .formatted(report.name(), manifest.batch(), String.join(", ", missing));
  }

  private Output make(SparkSession session, Report report, Manifest manifest) {
    OutputFolder folder =
        new OutputFolder(
            lake.outputs(), lake.layout().reportFolder(report.name(), manifest.businessDate()));
    Published published =
        folder.publish(
            manifest,
            inputs(report, manifest),
            names -> write(session, report, manifest, folder, names));
    return new Output(
        Output.Kind.REPORT,
        report.name(),
        published.outcome(),
        folder.path(),
        OptionalLong.of(published.rows()));
  }

  private List<OutputPart> write(
      SparkSession session,
      Report report,
      Manifest manifest,
      OutputFolder folder,
      OutputFolder.PartNames names) {
    List<Row> rows = new ReportQuery(session, report).rows(manifest.businessDate());
    byte[] csv = ReportCsv.write(report, rows);
    String name = names.name(0, "csv");
    lake.outputs().put(folder.path() + "/" + name, csv);
    return List.of(new OutputPart(name, csv.length, Inputs.sha256(csv), rows.size()));
  }

  /** A report follows from its file, the date and the versions of what it names. */
  private static String inputs(Report report, Manifest manifest) {
    Inputs inputs = new Inputs();
    inputs.add("sql", report.sql()).add("business_date", manifest.businessDate());
    LakeViews.versions(manifest, report::uses).forEach(inputs::add);
    return inputs.hash();
  }
}
