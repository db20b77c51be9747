package dev.changelake.compact.run;

import dev.changelake.compact.batch.Manifest;
import dev.changelake.compact.delta.CommitTag;
import dev.changelake.compact.delta.LakeTable;
import dev.changelake.compact.delta.Retention;
import dev.changelake.compact.delta.Stage;
import dev.changelake.compact.lake.Lake;
import dev.changelake.compact.land.LandErrors;
import dev.changelake.compact.land.Lander;
import dev.changelake.compact.land.Landing;
import dev.changelake.compact.ledger.TableLedger;
import dev.changelake.compact.ledger.TopicLedger;
import dev.changelake.compact.merge.TableBatch;
import dev.changelake.compact.merge.TableOutcome;
import dev.changelake.compact.plan.Plan;
import dev.changelake.compact.plan.TopicPlan;
import dev.changelake.compact.spark.SideBySide;
import dev.changelake.compact.spark.WorkSize;
import dev.changelake.config.Configuration;
import dev.changelake.contract.TableContract;
import dev.changelake.contract.TableContracts;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;

/**
 * Takes one frozen plan to its manifest. Any part that an earlier attempt did is not done again.
 */
final class BatchExecution {
  private final SparkSession spark;
  private final Configuration configuration;
  private final TableContracts contracts;
  private final Lake lake;
  private final Lander lander;
  private final Retention retention;
  private final SideBySide sideBySide;
  private final Progress progress;
  private final Clock clock;

  BatchExecution(
      SparkSession spark,
      Configuration configuration,
      TableContracts contracts,
      Lake lake,
      Lander lander,
      SideBySide sideBySide,
      Progress progress,
      Clock clock) {
    this.spark = spark;
    this.configuration = configuration;
    this.contracts = contracts;
    this.lake = lake;
    this.lander = lander;
    this.retention = lake.retention();
    this.sideBySide = sideBySide;
    this.progress = progress;
    this.clock = clock;
  }

  /**
   * A batch that has its manifest.
   *
   * @param warnings what people should know of it
   */
  record Finished(Manifest manifest, List<String> warnings) {}

  /** Lands every topic, then merges every table, then names the versions. */
  Finished run(Plan plan) {
    Optional<Manifest> before = lake.batches().find(plan.name().n() - 1);
    before.ifPresent(manifest -> keepAsConfigured(plan, manifest));
    progress.begins(plan.batch().text(), plan.topics().size() + contracts.targets().size());
    Map<String, Landing> landings = land(plan, before);
    // No table changes before all that the batch froze is landed and clean enough.
    landings
        .values()
        .forEach(
            landing ->
                LandErrors.requireFewQuarantined(
                    landing.ledger(),
                    plan.quarantineShare(configuration.quarantineMaxShare()),
                    plan.batch().text()));
    Map<String, TableOutcome> outcomes = merge(plan, before, landings);
    progress.done(Progress.Step.BEFORE_MANIFEST, plan.batch().text(), "all tables are merged");
    RunErrors.requireNewest(plan, lake.plans().newest(plan.name().n()));
    return new Finished(
        lake.batches().add(manifest(plan, before, landings, outcomes)), warnings(outcomes));
  }

  private static List<String> warnings(Map<String, TableOutcome> outcomes) {
    List<String> warnings = new ArrayList<>(conflicts(outcomes));
    outcomes.forEach(
        (table, outcome) -> {
          TableLedger ledger = outcome.ledger();
          if (ledger.unresolved() > 0) {
            warnings.add(
                "%d changes of %s leave out values that nobody knows, and were not applied (unresolved)"
                    .formatted(ledger.unresolved(), table));
          }
          if (ledger.unavailableCells() > 0) {
            warnings.add(
                "%d cells of %s are null since nobody knows their values; _unavailable names them"
                    .formatted(ledger.unavailableCells(), table));
          }
        });
    return warnings;
  }

  private static List<String> conflicts(Map<String, TableOutcome> outcomes) {
    return outcomes.entrySet().stream()
        .filter(table -> table.getValue().ledger().conflicts() > 0)
        .map(
            table ->
                ("%d records claim a key of %s that another source holds, and were not applied"
                        + " (source_conflict), among them %s")
                    .formatted(
                        table.getValue().ledger().conflicts(),
                        table.getKey(),
                        String.join("; ", table.getValue().conflicting())))
        .toList();
  }

  /** Tables that were made, or last written, under another retention get the configured one. */
  private void keepAsConfigured(Plan plan, Manifest before) {
    if (before.retentionDays() == retention.days()) {
      return;
    }
    Map<String, String> paths = new TreeMap<>();
    before.tables().keySet().forEach(name -> paths.put(name, lake.layout().table(name)));
    before
        .changes()
        .keySet()
        .forEach(name -> paths.put("changes/" + name, lake.layout().changes(name)));
    before
        .absent()
        .keySet()
        .forEach(name -> paths.put("absent/" + name, lake.layout().absent(name)));
    paths.forEach(
        (name, path) ->
            new LakeTable(spark.newSession(), path)
                .setProperties(
                    retention.properties(),
                    CommitTag.of(lake.id(), name, Stage.CREATE, plan.name())));
  }

  private Map<String, Landing> land(Plan plan, Optional<Manifest> before) {
    return sideBySide.map(
        plan.topics(),
        TopicPlan::table,
        topic -> {
          long since =
              before
                  .map(m -> m.changesVersion(topic.table()))
                  .orElse(OptionalLong.empty())
                  .orElse(-1);
          Landing landing = lander.land(plan, topic, contracts.get(topic.table()), since);
          progress.done(
              Progress.Step.LANDED,
              topic.table(),
              "%d records, %d quarantined"
                  .formatted(landing.ledger().landed(), landing.ledger().count("quarantined")));
          return landing;
        });
  }

  private Map<String, TableOutcome> merge(
      Plan plan, Optional<Manifest> before, Map<String, Landing> landings) {
    return sideBySide.map(
        contracts.targets(),
        TableContract::table,
        target -> {
          TableOutcome outcome = merge(plan, before, landings, target);
          TableLedger ledger = outcome.ledger();
          progress.done(
              Progress.Step.MERGED,
              target.table(),
              "%d inserted, %d updated, %d deleted"
                  .formatted(ledger.inserted(), ledger.updated(), ledger.deleted()));
          return outcome;
        });
  }

  private TableOutcome merge(
      Plan plan, Optional<Manifest> before, Map<String, Landing> landings, TableContract target) {
    BatchSources sources = new BatchSources(lake, contracts, plan, landings);
    SparkSession session = WorkSize.sessionFor(spark, sources.recordsOf(target));
    return new TableBatch(
            session,
            lake.layout(),
            lake.id(),
            retention,
            target,
            plan.name(),
            plan.batch().text(),
            plan.orderDecision())
        .run(
            new TableBatch.Before(
                before.map(m -> m.tableVersion(target.table())).orElse(OptionalLong.empty()),
                before.map(m -> m.absentVersion(target.table())).orElse(OptionalLong.empty())),
            sources.of(target, session));
  }

  private Manifest manifest(
      Plan plan,
      Optional<Manifest> before,
      Map<String, Landing> landings,
      Map<String, TableOutcome> outcomes) {
    Map<String, Long> tables = new TreeMap<>(before.map(Manifest::tables).orElse(Map.of()));
    Map<String, Long> absent = new TreeMap<>(before.map(Manifest::absent).orElse(Map.of()));
    Map<String, Long> changes = new TreeMap<>(before.map(Manifest::changes).orElse(Map.of()));
    Map<String, Long> rows = new TreeMap<>(before.map(Manifest::rows).orElse(Map.of()));
    outcomes.forEach(
        (table, outcome) -> {
          tables.put(table, outcome.version());
          TableLedger ledger = outcome.ledger();
          rows.merge(table, ledger.inserted() - ledger.deleted(), Long::sum);
          outcome.absentVersion().ifPresent(version -> absent.put(table, version));
        });
    landings.forEach(
        (table, landing) -> {
          if (landing.version() >= 0) {
            changes.put(table, landing.version());
          }
        });
    List<TopicLedger> topicLedgers = landings.values().stream().map(Landing::ledger).toList();
    List<TableLedger> tableLedgers = outcomes.values().stream().map(TableOutcome::ledger).toList();
    return new Manifest(
        Manifest.SCHEMA_VERSION,
        plan.name(),
        plan.batch(),
        plan.businessDate(),
        plan.alignment().isPresent(),
        retention.days(),
        tables,
        absent,
        changes,
        rows,
        topicLedgers,
        tableLedgers,
        after(before));
  }

  /** Now, but never before the manifest before: a clock that was set back decides nothing. */
  private Instant after(Optional<Manifest> before) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return before
        .map(Manifest::createdAt)
        .filter(earlier -> !now.isAfter(earlier))
        .map(earlier -> earlier.plusMillis(1))
        .orElse(now);
  }
}
