package dev.changelake.compact.run;

import dev.changelake.compact.batch.Manifest;
import dev.changelake.compact.delta.CommitTag;
import dev.changelake.compact.delta.LakeTable;
import dev.changelake.compact.delta.Retention;
import dev.changelake.compact.delta.Stage;
import dev.changelake.compact.drift.DriftErrors;
import dev.changelake.compact.lake.Lake;
import dev.changelake.compact.land.LandErrors;
import dev.changelake.compact.land.Lander;
import dev.changelake.compact.land.Landing;
import dev.changelake.compact.ledger.TableLedger;
import dev.changelake.compact.merge.TableBatch;
import dev.changelake.compact.merge.TableOutcome;
import dev.changelake.compact.plan.Evolution;
import dev.changelake.compact.plan.Plan;
import dev.changelake.compact.plan.TopicPlan;
import dev.changelake.compact.spark.SideBySide;
import dev.changelake.compact.spark.WorkSize;
import dev.changelake.config.Configuration;
import dev.changelake.contract.TableContract;
import dev.changelake.contract.TableContracts;
import dev.changelake.envelope.SourceOrigin;
import java.time.Clock;
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
  private final TableContracts declared;
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
    this.declared = contracts;
    this.lake = lake;
    this.lander = lander;
    this.retention = lake.retention();
    this.sideBySide = sideBySide;
    this.progress = progress;
    this.clock = clock;
  }

  /** How far a plan leads. */
  sealed interface Outcome {}

  /**
   * A batch that has its manifest.
   *
   * @param warnings what people should know of it
   */
  record Finished(Manifest manifest, List<String> warnings) implements Outcome {}

  /**
   * Tables have to follow their sources first, by a revision of the plan.
   *
   * @param evolutions of each table
   */
  record Evolving(Map<String, List<Evolution>> evolutions) implements Outcome {}

  /** Lands every topic, then merges every table, then names the versions. */
  Outcome run(Plan plan) {
    TableContracts contracts = plan.evolved(declared);
    Optional<Manifest> before = lake.batches().find(plan.name().n() - 1);
    before.ifPresent(manifest -> keepAsConfigured(plan, manifest));
    List<TableContract> targets =
        contracts.targets().stream()
            .filter(table -> !plan.retired().contains(table.table()))
            .toList();
    progress.begins(plan.batch().text(), plan.topics().size() + targets.size());
    Map<String, Landing> landings = land(plan, contracts, before);
    BatchDrift.Found drift =
        new BatchDrift(spark, lake, configuration, contracts, plan).find(sideBySide, landings);
    DriftErrors.requireNoneToStopAt(drift.drifts(), plan.batch().text());
    if (!drift.evolutions().isEmpty()) {
      return new Evolving(drift.evolutions());
    }
    // No table changes before all that the batch froze is landed and clean enough.
    landings
        .values()
        .forEach(
            landing ->
                LandErrors.requireFewQuarantined(
                    landing.ledger(),
                    plan.quarantineShare(configuration.quarantineMaxShare()),
                    plan.batch().text()));
    Map<String, TableOutcome> outcomes = merge(plan, contracts, targets, before, landings);
    progress.done(Progress.Step.BEFORE_MANIFEST, plan.batch().text(), "all tables are merged");
    RunErrors.requireNewest(plan, lake.plans().newest(plan.name().n()));
    Manifest manifest =
        NextManifest.of(plan, before, landings, outcomes, drift.drifts(), retention.days(), clock);
    return new Finished(
        lake.batches().add(manifest), BatchWarnings.of(outcomes, manifest.drifts()));
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

  private Map<String, Landing> land(
      Plan plan, TableContracts contracts, Optional<Manifest> before) {
    return sideBySide.map(
        plan.topics(),
        TopicPlan::table,
        topic -> {
          long since =
              before
                  .map(m -> m.changesVersion(topic.table()))
                  .orElse(OptionalLong.empty())
                  .orElse(-1);
          SourceOrigin pinned =
              before.map(m -> m.originOf(topic.table())).orElse(SourceOrigin.UNKNOWN);
          Landing landing = lander.land(plan, topic, contracts.get(topic.table()), pinned, since);
          progress.done(
              Progress.Step.LANDED,
              topic.table(),
              "%d records, %d quarantined"
                  .formatted(landing.ledger().landed(), landing.ledger().count("quarantined")));
          return landing;
        });
  }

  private Map<String, TableOutcome> merge(
      Plan plan,
      TableContracts contracts,
      List<TableContract> targets,
      Optional<Manifest> before,
      Map<String, Landing> landings) {
    return sideBySide.map(
        targets,
        TableContract::table,
        target -> {
          TableOutcome outcome =
              merge(plan, before, new BatchSources(lake, contracts, plan, landings), target);
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
      Plan plan, Optional<Manifest> before, BatchSources sources, TableContract target) {
    SparkSession session = WorkSize.sessionFor(spark, sources.recordsOf(target));
    return new TableBatch(
            session,
            lake.layout(),
            lake.id(),
            retention,
            target,
            plan.name(),
            plan.batch().text(),
            plan.orderDecision(),
            configuration.deletionVectors())
        .run(
            new TableBatch.Before(
                before.map(m -> m.tableVersion(target.table())).orElse(OptionalLong.empty()),
                before.map(m -> m.absentVersion(target.table())).orElse(OptionalLong.empty())),
            sources.of(target, session));
  }
}
