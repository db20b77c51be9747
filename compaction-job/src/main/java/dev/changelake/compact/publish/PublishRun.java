package dev.changelake.compact.publish;

import dev.changelake.compact.batch.Manifest;
import dev.changelake.compact.lake.BatchRun.Outcome;
import dev.changelake.compact.lake.Lake;
import dev.changelake.compact.load.TableContent;
import dev.changelake.compact.load.Warehouse;
import dev.changelake.compact.load.WarehouseTable;
import dev.changelake.compact.output.OutputFolder;
import dev.changelake.compact.output.PublishedFiles;
import dev.changelake.compact.query.LakeViews;
import dev.changelake.compact.report.Report;
import dev.changelake.compact.report.Reports;
import dev.changelake.compact.result.Output;
import dev.changelake.compact.spark.SideBySide;
import dev.changelake.compact.spark.WorkSize;
import dev.changelake.contract.TableContract;
import dev.changelake.contract.TableContracts;
import dev.changelake.contract.TableMode;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.spark.sql.SparkSession;

/**
 * Publishes one batch: snapshots of the base tables, then the warehouse's tables from them and its
 * reports from their CSV. A table appears in the warehouse after those that it refers to, reports
 * after all tables.
 */
public final class PublishRun {
  private final SparkSession spark;
  private final Lake lake;
  private final TableContracts contracts;
  private final Reports reports;
  private final Optional<Warehouse> warehouse;
  private final Set<String> only;
  private final StandingReports standing;

  /**
   * A publish.
   *
   * @param warehouse where to load; empty for snapshots alone
   * @param only names of tables and reports; empty for all
   */
  public PublishRun(
      SparkSession spark,
      Lake lake,
      TableContracts contracts,
      Reports reports,
      Optional<Warehouse> warehouse,
      Set<String> only) {
    this.spark = spark;
    this.lake = lake;
    this.contracts = contracts;
    this.reports = reports;
    this.warehouse = warehouse;
    this.only = Set.copyOf(only);
    this.standing = new StandingReports(lake);
  }

  /** Publishes and tells of each part as it is done. */
  public Outcome run(Manifest manifest, Consumer<Output> done) {
    requireKnown();
    List<TableContract> tables =
        new BaseTables(contracts, manifest)
            .all().stream().filter(table -> isWanted(table.table())).toList();
    List<Report> wanted =
        reports.all().stream()
            .filter(report -> isWanted(report.name()))
            .filter(report -> report.missing(manifest, contracts).isEmpty())
            .toList();
    if (warehouse.isPresent()) {
      wanted.forEach(report -> standing.of(report, manifest));
    }
    List<Output> outputs = new ArrayList<>();
    Consumer<Output> tell =
        output -> {
          outputs.add(output);
          done.accept(output);
        };
    new SideBySide()
        .map(tables, TableContract::table, table -> snapshot(table, manifest))
        .values()
        .forEach(tell);
    warehouse.ifPresent(
        target -> {
          tables.forEach(table -> tell.accept(load(target, table, manifest)));
          wanted.forEach(report -> tell.accept(load(target, report, manifest)));
        });
    return Outcome.of(outputs, List.of(), List.of());
  }

  private Output snapshot(TableContract contract, Manifest manifest) {
    SparkSession session = WorkSize.sessionFor(spark, manifest.rowsOf(contract.table()));
    LakeViews views = new LakeViews(session, lake.layout(), contracts, manifest);
    return new Snapshot(session, lake, views).write(contract, manifest);
  }

  private Output load(Warehouse target, TableContract contract, Manifest manifest) {
    OutputFolder folder = Snapshot.folder(lake, contract.table(), manifest);
    PublishedFiles files = folder.standing().orElseThrow();
    return load(
        target,
        LoadedShapes.of(contract),
        new TableRows(spark, lake).content(contract, manifest, folder.path(), files),
        manifest);
  }

  private Output load(Warehouse target, Report report, Manifest manifest) {
    PublishedFiles files = standing.of(report, manifest);
    return load(
        target,
        LoadedShapes.of(report),
        new TableContent(
            files, () -> ReportCsv.read(spark, lake, report, manifest, files), Optional.empty()),
        manifest);
  }

  /** Files of a later batch are that batch's to load. */
  private static Output load(
      Warehouse target, WarehouseTable table, TableContent content, Manifest manifest) {
    if (content.published().plan().n() > manifest.plan().n()) {
      return new Output(
          Output.Kind.WAREHOUSE_TABLE,
          table.name(),
          Output.Outcome.SUPERSEDED,
          table.name(),
          OptionalLong.empty());
    }
    return target.load(table, content);
  }

  private boolean isWanted(String name) {
    return only.isEmpty() || only.contains(name);
  }

  private void requireKnown() {
    for (String name : only) {
      boolean isTable =
          contracts.find(name).filter(table -> table.mode() == TableMode.MERGE).isPresent();
      if (!isTable && reports.all().stream().noneMatch(report -> report.name().equals(name))) {
        throw new ChangelakeException(
            ErrorCategory.USAGE,
            "There is no base table and no report %s.".formatted(name),
            "Base tables are those with mode merge.",
            "Name one of them, or leave --only out to publish all.");
      }
    }
  }
}
