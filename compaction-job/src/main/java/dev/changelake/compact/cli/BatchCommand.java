package dev.changelake.compact.cli;

import dev.changelake.compact.batch.Manifest;
import dev.changelake.compact.console.StepPrinter;
import dev.changelake.compact.lake.BatchRun;
import dev.changelake.compact.lake.Lake;
import dev.changelake.compact.plan.BatchId;
import dev.changelake.compact.spark.SparkSessions;
import dev.changelake.config.Configuration;
import dev.changelake.contract.TableContracts;
import java.time.Clock;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of commands that work on one finished batch, and how they run and end. */
final class BatchCommand {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Mixin private ConfigurationOption configuration;

  @Option(
      names = "--batch",
      required = true,
      paramLabel = "<id>",
      description = "A finished batch's id, for example 2020-06-22.")
  private String batch;

  @Mixin private ResultOption result;

  /** What a command has to work with. */
  record Context(
      Configuration settings,
      SparkSession spark,
      Lake lake,
      TableContracts contracts,
      StepPrinter progress) {
    /** The same with the contracts as they were in the batch. */
    Context of(Manifest manifest) {
      return new Context(settings, spark, lake, lake.contractsOf(manifest, contracts), progress);
    }
  }

  /** What a command does with a batch. */
  interface Stage {
    BatchRun.Outcome on(Manifest manifest, Context context);
  }

  /** Runs the stage, prints its result, and tells the exit code. */
  int run(String command, Stage stage) throws Exception {
    BatchId id = CompactCommand.batchId(spec, batch);
    return result.end(
        command,
        id,
        run -> {
          Configuration settings = configuration.read();
          try (SparkSession spark = SparkSessions.start(command + " " + id, settings)) {
            Clock clock = Clock.systemUTC();
            Lake lake = Lake.open(settings, spark, clock).forRun(run, id);
            Context context =
                new Context(
                    settings,
                    spark,
                    lake,
                    TableContracts.load(settings.contractsDirectory()),
                    new StepPrinter(System.err));
            return new BatchRun(lake, clock)
                .run(command, id, manifest -> stage.on(manifest, context.of(manifest)));
          }
        });
  }
}
