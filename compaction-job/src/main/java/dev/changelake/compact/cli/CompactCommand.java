package dev.changelake.compact.cli;

import dev.changelake.compact.console.ConsoleProgress;
import dev.changelake.compact.lake.Lake;
import dev.changelake.compact.plan.Acceptance;
import dev.changelake.compact.plan.BatchId;
import dev.changelake.compact.result.RunId;
import dev.changelake.compact.result.RunResult;
import dev.changelake.compact.run.Compaction;
import dev.changelake.compact.run.Progress;
import dev.changelake.compact.spark.SparkSessions;
import dev.changelake.config.Align;
import dev.changelake.config.Configuration;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code compact --batch B}: one batch from the topics into the tables. */
@Command(
    name = "compact",
    mixinStandardHelpOptions = true,
    description = {
      "Freezes what came since the last batch, lands it and merges it into the tables.",
      "An unfinished earlier batch is finished first. Running it again does nothing twice."
    },
    subcommands = ReviseCommand.class)
final class CompactCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private ConfigurationOption configuration;

  @Mixin private AcceptanceOptions acceptance;

  @Option(
      names = "--batch",
      paramLabel = "<id>",
      description = "The batch's id, for example 2020-06-22 or 2020-06-22.companies.")
  private String batch;

  @Option(
      names = "--date",
      paramLabel = "<date>",
      description = "The business date, where the id does not start with it.")
  private LocalDate date;

  @Option(
      names = "--align",
      paramLabel = "<none|transactions>",
      description = {
        "Where the batch ends: where the topics stand, or between two transactions of the source, so"
            + " that none is torn. By default as lake.align says."
      })
  private Align align;

  @Mixin private ResultOption result;

  @Override
  public Integer call() throws Exception {
    BatchId id = batchId(spec, batch);
    Optional<Acceptance> decision = usage(spec, acceptance::read);
    return result.end(
        "compact",
        id,
        run -> {
          Configuration settings = configuration.read();
          try (ConsoleProgress progress = new ConsoleProgress();
              SparkSession spark = SparkSessions.start("compact " + id, settings)) {
            return compact(settings, spark, progress, Clock.systemUTC(), id, run, decision);
          }
        });
  }

  private RunResult compact(
      Configuration settings,
      SparkSession spark,
      Progress progress,
      Clock clock,
      BatchId id,
      Optional<RunId> run,
      Optional<Acceptance> decision) {
    Lake lake = Lake.open(settings, spark, clock).forRun(run, id);
    Align end = align == null ? settings.align() : align;
    return Compaction.run(settings, spark, lake, progress, clock, end)
        .compact(id, Optional.ofNullable(date), decision);
  }

  static BatchId batchId(CommandSpec spec, String text) {
    if (text == null) {
      throw new ParameterException(spec.commandLine(), "Missing required option: '--batch=<id>'");
    }
    return usage(spec, () -> new BatchId(text));
  }

  /** A wrong argument is told as one, with the command's usage. */
  static <T> T usage(CommandSpec spec, Supplier<T> argument) {
    try {
      return argument.get();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
