package dev.changelake.compact.cli;

import dev.changelake.compact.console.ConsoleProgress;
import dev.changelake.compact.lake.Lake;
import dev.changelake.compact.plan.Acceptance;
import dev.changelake.compact.plan.BatchId;
import dev.changelake.compact.run.Compaction;
import dev.changelake.compact.run.ReplayChoice;
import dev.changelake.compact.spark.SparkSessions;
import dev.changelake.config.Configuration;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code quarantine replay --batch B}: lands quarantined records again, as a batch of its own. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = {
      "Decodes quarantined records again by the contracts of now, with all that came after them of",
      "their keys, and merges what is newer than the tables. It is a batch of its own in the one",
      "chain, takes nothing from Kafka, and running it again does nothing twice."
    })
final class QuarantineReplayCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private ConfigurationOption configuration;

  @Mixin private AcceptanceOptions acceptance;

  @Option(
      names = "--batch",
      required = true,
      paramLabel = "<id>",
      description = "The id of the new batch, for example 2020-06-22.replay.")
  private String batch;

  @Option(
      names = "--date",
      paramLabel = "<date>",
      description = "The business date, where the id does not start with it.")
  private LocalDate date;

  @Option(names = "--table", paramLabel = "<table>", description = "Only the topic of this table.")
  private String table;

  @Option(
      names = "--reason",
      paramLabel = "<code>",
      description = "Only records with this reason, for example unknown_column.")
  private String reason;

  @Mixin private ResultOption result;

  @Override
  public Integer call() throws Exception {
    BatchId id = CompactCommand.batchId(spec, batch);
    Acceptance decision = CompactCommand.usage(spec, acceptance::decision);
    return result.end(
        "compact",
        id,
        run -> {
          Configuration settings = configuration.read();
          Clock clock = Clock.systemUTC();
          try (ConsoleProgress progress = new ConsoleProgress();
              SparkSession spark = SparkSessions.start("replay " + id, settings)) {
            Lake lake = Lake.open(settings, spark, clock).forRun(run, id);
            return Compaction.run(settings, spark, lake, progress, clock)
                .replay(
                    id,
                    Optional.ofNullable(date),
                    decision,
                    new ReplayChoice(
                        spark,
                        lake.layout(),
                        Optional.ofNullable(table),
                        Optional.ofNullable(reason)));
          }
        });
  }
}
