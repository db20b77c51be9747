package dev.changelake.compact.query;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;

import dev.changelake.compact.batch.Manifest;
import dev.changelake.compact.changelog.ChangeLogColumns;
import dev.changelake.compact.changelog.LakeLayout;
import dev.changelake.compact.delta.LakeTable;
import dev.changelake.contract.TableContract;
import dev.changelake.contract.TableContracts;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;

/** The lake's tables, change logs and quarantine as of one batch. */
public final class LakeViews {
  /** The view of all quarantined records. */
  public static final String QUARANTINE = "quarantine";

  private static final String CHANGES = "changes_";

  private final SparkSession spark;
  private final LakeLayout layout;
  private final TableContracts contracts;
  private final Manifest manifest;

  public LakeViews(
      SparkSession spark, LakeLayout layout, TableContracts contracts, Manifest manifest) {
    this.spark = spark;
    this.layout = layout;
    this.contracts = contracts;
    this.manifest = manifest;
  }

  /**
   * Makes each table, {@code changes_<table>} and {@code quarantine} known to SQL.
   *
   * @param wanted whether a name is needed; each costs a look at its table's log
   */
  public void register(Predicate<String> wanted) {
    manifest.tables().keySet().stream()
        .filter(wanted)
        .forEach(table -> table(table).createOrReplaceTempView(table));
    manifest.changes().keySet().stream()
        .filter(table -> wanted.test(CHANGES + table))
        .forEach(table -> changes(table).orElseThrow().createOrReplaceTempView(CHANGES + table));
    if (wanted.test(QUARANTINE)) {
      quarantine(Optional.empty()).ifPresent(view -> view.createOrReplaceTempView(QUARANTINE));
    }
  }

  /** The versions of all that the wanted names stand for. */
  public static SortedMap<String, Long> versions(Manifest manifest, Predicate<String> wanted) {
    SortedMap<String, Long> versions = new TreeMap<>();
    manifest
        .tables()
        .forEach(
            (table, version) -> {
              if (wanted.test(table)) {
                versions.put(table, version);
              }
            });
    manifest
        .changes()
        .forEach(
            (table, version) -> {
              if (wanted.test(CHANGES + table) || wanted.test(QUARANTINE)) {
                versions.put(CHANGES + table, version);
              }
            });
    return versions;
  }

  /** A table as of the batch. */
  public Dataset<Row> table(String table) {
    OptionalLong version = manifest.tableVersion(table);
    if (version.isEmpty()) {
      throw new ChangelakeException(
          ErrorCategory.USAGE,
          "Batch %s has no table %s.".formatted(manifest.batch(), table),
          "It has %s.".formatted(manifest.tables().keySet()),
          "Choose one of them, or a later batch.");
    }
    return read(new LakeTable(spark, layout.table(table)), version.getAsLong());
  }

  /** The positions of a table's keys that have no row as of the batch; empty if there are none. */
  public Optional<Dataset<Row>> absent(String table) {
    OptionalLong version = manifest.absentVersion(table);
    return version.isEmpty()
        ? Optional.empty()
        : Optional.of(read(new LakeTable(spark, layout.absent(table)), version.getAsLong()));
  }

  /** The change log of a table's topic up to the batch, each batch in its last revision. */
  public Optional<Dataset<Row>> changes(String table) {
    OptionalLong version = manifest.changesVersion(table);
    if (version.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        lastRevisions(read(new LakeTable(spark, layout.changes(table)), version.getAsLong())));
  }

  /** Of each batch the rows of its last revision. */
  static Dataset<Row> lastRevisions(Dataset<Row> log) {
    String newest = "_newest_revision";
    return log.withColumn(
            newest, max(ChangeLogColumns.R).over(Window.partitionBy(col(ChangeLogColumns.N))))
        .where(col(ChangeLogColumns.R).equalTo(col(newest)))
        .drop(newest);
  }

  /**
   * The quarantined records of all topics, or of one table's topic; empty if nothing was landed.
   */
  public Optional<Dataset<Row>> quarantine(Optional<String> table) {
    List<Dataset<Row>> parts = new ArrayList<>();
    for (TableContract contract : contracts.all()) {
      if (table.isEmpty() || table.get().equals(contract.table())) {
        changes(contract.table()).ifPresent(log -> parts.add(QuarantineView.of(contract, log)));
      }
    }
    return parts.stream().reduce(Dataset::unionByName);
  }

  private Dataset<Row> read(LakeTable table, long version) {
    try {
      Dataset<Row> rows = table.read(version);
      rows.schema();
      return rows;
    } catch (Exception e) {
      // Delta throws AnalysisException, which is checked and which no signature tells.
      throw TimeTravelErrors.explained(e, manifest.batch(), table.path(), version)
          .orElseGet(
              () ->
                  e instanceof RuntimeException unchecked
                      ? unchecked
                      : new IllegalStateException(e));
    }
  }
}
