package dev.changelake.compact.run;

import dev.changelake.compact.align.KafkaTransactions;
import dev.changelake.compact.lake.Lake;
import dev.changelake.compact.land.Lander;
import dev.changelake.compact.plan.KafkaTopicOffsets;
import dev.changelake.compact.plan.Planner;
import dev.changelake.compact.spark.SideBySide;
import dev.changelake.config.Align;
import dev.changelake.config.Configuration;
import dev.changelake.contract.TableContracts;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.apache.spark.sql.SparkSession;

/** Wires a run from a configuration and a session. */
public final class Compaction {
  private Compaction() {}

  /** A run on a lake, whose batches end as configured. */
  public static CompactionRun run(
      Configuration configuration, SparkSession spark, Lake lake, Progress progress, Clock clock) {
    return run(configuration, spark, lake, progress, clock, configuration.align());
  }

  /** A run on a lake. */
  public static CompactionRun run(
      Configuration configuration,
      SparkSession spark,
      Lake lake,
      Progress progress,
      Clock clock,
      Align align) {
    TableContracts contracts = TableContracts.load(configuration.contractsDirectory());
    Planner planner =
        new Planner(
            contracts,
            new KafkaTopicOffsets(configuration.kafkaClient()),
            align == Align.NONE
                ? Optional.empty()
                : Optional.of(
                    new KafkaTransactions(
                        configuration.kafkaClient(), configuration::transactionTopic, clock)),
            clock,
            UUID.randomUUID().toString());
    Lander lander =
        new Lander(
            spark,
            lake.layout(),
            lake.id(),
            configuration,
            lake.retention(),
            planner,
            lake.plans());
    BatchExecution execution =
        new BatchExecution(
            spark, configuration, contracts, lake, lander, new SideBySide(), progress, clock);
    return new CompactionRun(lake, planner, execution, progress, clock);
  }
}
