package dev.changelake.compact.run;

import dev.changelake.compact.batch.Batches;
import dev.changelake.compact.batch.LakeIdentity;
import dev.changelake.compact.changelog.LakeLayout;
import dev.changelake.compact.delta.Retention;
import dev.changelake.compact.land.Lander;
import dev.changelake.compact.plan.KafkaTopicOffsets;
import dev.changelake.compact.plan.PlanChain;
import dev.changelake.compact.plan.Planner;
import dev.changelake.compact.store.LakeFiles;
import dev.changelake.compact.store.S3LakeFiles;
import dev.changelake.config.Configuration;
import dev.changelake.contract.TableContracts;
import java.time.Clock;
import java.util.UUID;
import org.apache.spark.sql.SparkSession;

/** Wires a run from a configuration and a session. */
public final class Compaction {
  /** Small batches wait for commits more than they compute, so some work beside each other. */
  private static final int TABLES_AT_ONCE = 4;

  private Compaction() {}

  /** Opens the configuration's lake. */
  public static Lake open(Configuration configuration, SparkSession spark, Clock clock) {
    LakeLayout layout = LakeLayout.ofBucket(configuration.bucket());
    LakeFiles files = S3LakeFiles.open(layout.root(), spark.sparkContext().hadoopConfiguration());
    return new Lake(
        LakeIdentity.of(files, clock.instant()).id(),
        layout,
        files,
        new PlanChain(files),
        new Batches(files),
        new RunResults(files, writer()));
  }

  /** A run on that lake. */
  public static CompactionRun run(
      Configuration configuration, SparkSession spark, Lake lake, Progress progress, Clock clock) {
    TableContracts contracts = TableContracts.load(configuration.contractsDirectory());
    Planner planner =
        new Planner(contracts, new KafkaTopicOffsets(configuration.kafkaClient()), clock, writer());
    Lander lander =
        new Lander(
            spark,
            lake.layout(),
            lake.id(),
            configuration,
            new Retention(configuration.batchRetention()),
            planner);
    BatchExecution execution =
        new BatchExecution(
            spark,
            configuration,
            contracts,
            lake,
            lander,
            new SideBySide(TABLES_AT_ONCE),
            progress,
            clock);
    return new CompactionRun(lake, planner, execution, progress, clock);
  }

  private static String writer() {
    return UUID.randomUUID().toString();
  }
}
