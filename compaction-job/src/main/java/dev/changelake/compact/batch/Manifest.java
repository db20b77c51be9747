package dev.changelake.compact.batch;

import dev.changelake.compact.ledger.TableDrift;
import dev.changelake.compact.ledger.TableLedger;
import dev.changelake.compact.ledger.TopicLedger;
import dev.changelake.compact.plan.BatchId;
import dev.changelake.compact.plan.PlanName;
import dev.changelake.envelope.SourceOrigin;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * A finished batch: the Delta version of every table as of it, and the ledgers that prove it.
 *
 * @param aligned whether the batch ends between transactions of the source
 * @param retentionDays for how many days after its end the batch can be read
 * @param tables the version of each table's state; an unchanged table repeats its version
 * @param absent the version of each table's positions without a row, where there are any
 * @param changes the version of each topic's change log, where there is one
 * @param rows how many rows each table has, by the ledgers of all batches up to this one
 * @param drifts in what sources have come to differ from their contracts
 * @param origins where each topic's records have to come from, as it was pinned up to this batch
 * @param createdAt never before that of an earlier manifest
 */
public record Manifest(
    int schemaVersion,
    PlanName plan,
    BatchId batch,
    LocalDate businessDate,
    boolean aligned,
    long retentionDays,
    Map<String, Long> tables,
    Map<String, Long> absent,
    Map<String, Long> changes,
    Map<String, Long> rows,
    List<TopicLedger> topicLedgers,
    List<TableLedger> tableLedgers,
    List<TableDrift> drifts,
    Map<String, SourceOrigin> origins,
    Instant createdAt) {
  public static final int SCHEMA_VERSION = 1;

  public Manifest {
    if (schemaVersion != SCHEMA_VERSION) {
      throw new IllegalArgumentException(
          "Manifests of version " + schemaVersion + " are not known");
    }
    tables = new TreeMap<>(tables);
    absent = new TreeMap<>(absent);
    changes = new TreeMap<>(changes);
    rows = new TreeMap<>(rows);
    topicLedgers = List.copyOf(topicLedgers);
    tableLedgers = List.copyOf(tableLedgers);
    // Manifests of earlier versions have none.
    drifts = drifts == null ? List.of() : List.copyOf(drifts);
    origins = origins == null ? Map.of() : new TreeMap<>(origins);
  }

  /** A batch that ends where its topics stood, whose sources are as their contracts say. */
  public Manifest(
      int schemaVersion,
      PlanName plan,
      BatchId batch,
      LocalDate businessDate,
      long retentionDays,
      Map<String, Long> tables,
      Map<String, Long> absent,
      Map<String, Long> changes,
      Map<String, Long> rows,
      List<TopicLedger> topicLedgers,
      List<TableLedger> tableLedgers,
      Instant createdAt) {
    this(
        schemaVersion,
        plan,
        batch,
        businessDate,
        false,
        retentionDays,
        tables,
        absent,
        changes,
        rows,
        topicLedgers,
        tableLedgers,
        List.of(),
        Map.of(),
        createdAt);
  }

  public OptionalLong tableVersion(String table) {
    return version(tables, table);
  }

  public OptionalLong absentVersion(String table) {
    return version(absent, table);
  }

  public OptionalLong changesVersion(String table) {
    return version(changes, table);
  }

  /** Where the records of a table's topic come from, as far as it is pinned. */
  public SourceOrigin originOf(String table) {
    return origins.getOrDefault(table, SourceOrigin.UNKNOWN);
  }

  /** How many rows a table has by the ledgers; 0 if the batch does not have the table. */
  public long rowsOf(String table) {
    return rows.getOrDefault(table, 0L);
  }

  private static OptionalLong version(Map<String, Long> versions, String table) {
    Long version = versions.get(table);
    return version == null ? OptionalLong.empty() : OptionalLong.of(version);
  }
}
