package dev.changelake.compact.cli;

import dev.changelake.compact.console.ConsoleProgress;
import dev.changelake.compact.lake.Lake;
import dev.changelake.compact.plan.BatchId;
import dev.changelake.compact.plan.Plan;
import dev.changelake.compact.run.Compaction;
import dev.changelake.compact.spark.SparkSessions;
import dev.changelake.config.Configuration;
import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code compact revise --batch B}: an operator's decision about a batch that cannot be finished.
 */
@Command(
    name = "revise",
    mixinStandardHelpOptions = true,
    description = {
      "Writes the next revision of a batch that cannot be finished as it was frozen.",
      "The next run of the batch decodes what was landed again, by the contracts of now."
    })
final class ReviseCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private ConfigurationOption configuration;

  @Mixin private AcceptanceOptions acceptance;

  @Option(names = "--batch", required = true, paramLabel = "<id>", description = "The batch's id.")
  private String batch;

  @Override
  public Integer call() throws IOException {
    BatchId id = CompactCommand.batchId(spec, batch);
    var decision = CompactCommand.usage(spec, acceptance::decision);
    Configuration settings = configuration.read();
    Clock clock = Clock.systemUTC();
    try (ConsoleProgress progress = new ConsoleProgress();
        SparkSession spark = SparkSessions.start("revise " + id, settings)) {
      Lake lake = Lake.open(settings, spark, clock);
      Plan plan = Compaction.run(settings, spark, lake, progress, clock).revise(id, decision);
      spec.commandLine()
          .getOut()
          .printf(
              "Batch %s has revision %s. Go on with: bin/changelake compact --batch %s%n",
              id, plan.name(), id);
      return 0;
    }
  }
}
