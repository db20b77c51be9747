package dev.changelake.compact.land;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.changelake.compact.changelog.ChangeLogColumns;
import dev.changelake.compact.changelog.LakeLayout;
import dev.changelake.compact.delta.CommitTag;
import dev.changelake.compact.delta.LakeTable;
import dev.changelake.compact.delta.Retention;
import dev.changelake.compact.delta.Stage;
import dev.changelake.compact.ledger.TopicLedger;
import dev.changelake.compact.ledger.TopicLedgerReader;
import dev.changelake.compact.plan.OffsetRange;
import dev.changelake.compact.plan.PartitionPlan;
import dev.changelake.compact.plan.Plan;
import dev.changelake.compact.plan.PlanChain;
import dev.changelake.compact.plan.PlanKind;
import dev.changelake.compact.plan.PlanName;
import dev.changelake.compact.plan.Planner;
import dev.changelake.compact.plan.ReplayRange;
import dev.changelake.compact.plan.TopicPlan;
import dev.changelake.compact.spark.WorkSize;
import dev.changelake.config.Configuration;
import dev.changelake.contract.TableContract;
import dev.changelake.envelope.SourceOrigin;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Lands one topic's part of a batch in its change log, exactly once. */
public final class Lander {
  private final SparkSession spark;
  private final LakeLayout layout;
  private final String lakeId;
  private final Configuration configuration;
  private final Retention retention;
  private final Planner planner;
  private final PlanChain plans;

  public Lander(
      SparkSession spark,
      LakeLayout layout,
      String lakeId,
      Configuration configuration,
      Retention retention,
      Planner planner,
      PlanChain plans) {
    this.spark = spark;
    this.layout = layout;
    this.lakeId = lakeId;
    this.configuration = configuration;
    this.retention = retention;
    this.planner = planner;
    this.plans = plans;
  }

  /**
   * Lands the topic unless this plan did so before.
   *
   * @param pinned where the topic's records come from as earlier batches have it
   * @param since the log's version in the manifest before; -1 if it is in none
   * @return what the committed log holds, and at which version
   */
  public Landing land(
      Plan plan, TopicPlan topic, TableContract contract, SourceOrigin pinned, long since) {
    SparkSession session = WorkSize.sessionFor(spark, topic.offsets());
    LakeTable log = new LakeTable(session, layout.changes(contract.table()));
    CommitTag tag = CommitTag.of(lakeId, "changes/" + contract.table(), Stage.LAND, plan.name());
    if (topic.offsets() == 0) {
      return new Landing(since, TopicLedgerReader.empty(topic), pinned);
    }
    CommitTag creation =
        CommitTag.of(lakeId, "changes/" + contract.table(), Stage.CREATE, plan.name());
    StructType schema = ChangeLogColumns.schema(contract);
    log.createIfAbsent(
        schema,
        List.of(ChangeLogColumns.N, ChangeLogColumns.R),
        retention.logProperties(),
        creation);
    log.requireFit(schema);
    log.prepareFor(schema, creation);
    log.widen(schema, creation);
    long version =
        log.commitOnce(tag, since, () -> append(plan, topic, contract, pinned, log, since))
            .orElseThrow(() -> LandErrors.droppedWithoutAWord(topic, tag))
            .version();
    Dataset<Row> landed = landed(log.read(version), plan.name());
    TopicLedger ledger = TopicLedgerReader.read(topic, landed);
    LandErrors.requireExact(ledger, topic, plan.batch().text());
    return new Landing(
        version, ledger, Origins.after(pinned, contract, landed, plan.batch().text()));
  }

  private void append(
      Plan plan,
      TopicPlan topic,
      TableContract contract,
      SourceOrigin pinned,
      LakeTable log,
      long since) {
    raw(plan, topic, log, since)
        .mapPartitions(
            new DecodeRecords(contract, topic, configuration, plan.name(), pinned),
            Encoders.row(ChangeLogColumns.schema(contract)))
        .write()
        .format("delta")
        .mode("append")
        .option("mergeSchema", true)
        .save(log.path());
  }

  /** A revision decodes what an earlier one landed: Kafka may no longer have it. */
  private Dataset<Row> raw(Plan plan, TopicPlan topic, LakeTable log, long since) {
    if (plan.kind() == PlanKind.REPLAY) {
      return RawRecords.replayed(log.read().where(replayed(topic)));
    }
    Optional<PlanName> earlier =
        log.commitsSince(since).stream()
            .filter(commit -> commit.stage().equals(Optional.of(Stage.LAND.code())))
            .flatMap(commit -> commit.plan().stream())
            .filter(name -> name.n() == plan.name().n())
            .max(Comparator.naturalOrder());
    if (earlier.isPresent() && isSameTopic(topic, earlier.get())) {
      return RawRecords.fromChangeLog(landed(log.read(), earlier.get()).where(planned(topic)));
    }
    planner.requireStillThere(topic, plan.batch());
    return RawRecords.fromKafka(log.session(), topic, configuration.kafkaClient());
  }

  /** Whether an earlier revision read the same topic, and not one that had its name before. */
  private boolean isSameTopic(TopicPlan topic, PlanName earlier) {
    return plans
        .find(earlier)
        .flatMap(plan -> plan.topicOf(topic.table()))
        .filter(other -> other.topicId().equals(topic.topicId()))
        .isPresent();
  }

  /** The plan's ranges: a revision may have given up the beginning of what was landed. */
  private static Column planned(TopicPlan topic) {
    Column inRange = lit(false);
    for (PartitionPlan partition : topic.partitions()) {
      OffsetRange range = partition.range();
      inRange =
          inRange.or(
              col(ChangeLogColumns.PARTITION)
                  .equalTo(range.partition())
                  .and(col(ChangeLogColumns.OFFSET).geq(range.start()))
                  .and(col(ChangeLogColumns.OFFSET).lt(range.end())));
    }
    return inRange;
  }

  /** Each record that the replay names, as the plan landed it that it names too. */
  private static Column replayed(TopicPlan topic) {
    Map<PlanName, Map<Integer, Column>> byPlan = new TreeMap<>();
    for (ReplayRange replay : topic.replays()) {
      OffsetRange range = replay.range();
      byPlan
          .computeIfAbsent(replay.landedBy(), plan -> new TreeMap<>())
          .merge(
              range.partition(),
              col(ChangeLogColumns.OFFSET).between(range.start(), range.end() - 1),
              Column::or);
    }
    Column any = lit(false);
    for (Map.Entry<PlanName, Map<Integer, Column>> plan : byPlan.entrySet()) {
      Column offsets = lit(false);
      for (Map.Entry<Integer, Column> partition : plan.getValue().entrySet()) {
        offsets =
            offsets.or(
                col(ChangeLogColumns.PARTITION)
                    .equalTo(partition.getKey())
                    .and(partition.getValue()));
      }
      any = any.or(isOf(plan.getKey()).and(offsets));
    }
    return any;
  }

  private static Column isOf(PlanName plan) {
    return col(ChangeLogColumns.N)
        .equalTo(plan.n())
        .and(col(ChangeLogColumns.R).equalTo(plan.revision()));
  }

  private static Dataset<Row> landed(Dataset<Row> log, PlanName plan) {
    return log.where(isOf(plan));
  }

  /** The rows of a plan in a topic's change log at a version. */
  public static Dataset<Row> landed(LakeTable log, long version, PlanName plan) {
    return landed(log.read(version), plan);
  }
}
