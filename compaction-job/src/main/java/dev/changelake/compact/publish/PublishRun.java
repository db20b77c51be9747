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
import dev.changelake.contract.Column;
import dev.changelake.contract.RedshiftHints;
import dev.changelake.contract.TableContract;
import dev.changelake.contract.TableContracts;
import dev.changelake.contract.TableMode;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.util.ArrayList;
import java.util.LinkedHashSet;
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
  }

  /** Publishes and tells of each part as it is done. */
  public Outcome run(Manifest manifest, Consumer<Output> done) {
    requireKnown();
    List<TableContract> tables = baseTables(manifest);
    List<Report> wanted =
        reports.all().stream()
            .filter(report -> isWanted(report.name()))
            .filter(report -> report.missing(manifest, contracts).isEmpty())
            .toList();
    if (warehouse.isPresent()) {
      wanted.forEach(report -> standing(report, manifest));
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
        new WarehouseTable(
            contract.table(), contract.storedColumns(), contract.key(), contract.redshift()),
        new TableRows(spark, lake).content(contract, manifest, folder.path(), files),
        manifest);
  }

  private Output load(Warehouse target, Report report, Manifest manifest) {
    OutputFolder folder = folder(report, manifest);
    PublishedFiles files = standing(report, manifest);
    return load(
        target,
        new WarehouseTable(report.name(), required(report), report.key(), RedshiftHints.NONE),
        new TableContent(
            files, () -> ReportCsv.read(spark, lake, folder.path(), files), Optional.empty()),
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

  /** A report's key identifies its rows, so that none of it is null. */
  private static List<Column> required(Report report) {
    return report.columns().stream()
        .map(column -> report.key().contains(column.name()) ? column.required() : column)
        .toList();
  }

  private PublishedFiles standing(Report report, Manifest manifest) {
    Optional<PublishedFiles> files = folder(report, manifest).standing();
    if (files.isEmpty() || files.get().plan().n() < manifest.plan().n()) {
      throw new ChangelakeException(
          ErrorCategory.USAGE,
          "The report %s of batch %s is not made yet.".formatted(report.name(), manifest.batch()),
          "The warehouse gets reports as they stand in the lake.",
          "Run `bin/changelake report --batch %s` first.".formatted(manifest.batch()));
    }
    return files.get();
  }

  private OutputFolder folder(Report report, Manifest manifest) {
    return new OutputFolder(
        lake.outputs(), lake.layout().reportFolder(report.name(), manifest.businessDate()));
  }

  /** The tables that hold the newest state of their keys, those that others refer to first. */
  private List<TableContract> baseTables(Manifest manifest) {
    Set<TableContract> ordered = new LinkedHashSet<>();
    contracts.targets().stream()
        .filter(table -> table.mode() == TableMode.MERGE)
        .filter(table -> isWanted(table.table()))
        .filter(table -> manifest.tableVersion(table.table()).isPresent())
        .forEach(table -> addAfterReferences(table, ordered, new LinkedHashSet<>()));
    return ordered.stream().filter(table -> isWanted(table.table())).toList();
  }

  private void addAfterReferences(
      TableContract table, Set<TableContract> ordered, Set<TableContract> above) {
    if (!above.add(table)) {
      // Tables that refer to each other have no order; the first one named comes first.
      return;
    }
    table.columns().stream()
        .flatMap(column -> column.references().stream())
        .map(contracts::get)
        .filter(other -> !other.equals(table))
        .forEach(other -> addAfterReferences(other, ordered, above));
    ordered.add(table);
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
