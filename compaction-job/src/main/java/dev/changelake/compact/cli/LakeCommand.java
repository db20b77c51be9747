package dev.changelake.compact.cli;

import dev.changelake.compact.batch.Manifest;
import dev.changelake.compact.lake.Lake;
import dev.changelake.compact.query.AsOf;
import dev.changelake.compact.query.LakeViews;
import dev.changelake.compact.spark.SparkSessions;
import dev.changelake.compact.spark.WorkSize;
import dev.changelake.config.Configuration;
import dev.changelake.contract.TableContracts;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of commands that read the lake as of a batch. */
final class LakeCommand {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Mixin private ConfigurationOption configuration;

  @Option(
      names = "--as-of",
      paramLabel = "<batch|date|time>",
      description = {
        "A batch id, a business date, or a moment with its zone; by default the newest batch."
      })
  private String asOf;

  @Option(
      names = "--format",
      paramLabel = "<form>",
      defaultValue = "table",
      description = "table, csv or json (one object a line).")
  private OutputFormat format;

  @Option(
      names = "--limit",
      paramLabel = "<rows>",
      defaultValue = "1000",
      description = "Print at most so many rows (default: ${DEFAULT-VALUE}).")
  private int limit;

  OutputFormat format() {
    return format;
  }

  int limit() {
    return limit;
  }

  boolean isPinned() {
    return asOf != null;
  }

  /** Opens the lake as of the batch for as long as the work takes. */
  void read(String name, BiConsumer<SparkSession, LakeViews> work) throws IOException {
    open(
        name,
        (spark, lake, contracts) -> {
          Manifest manifest =
              lake.readable(new AsOf(lake.batches()).find(Optional.ofNullable(asOf)));
          long rows = manifest.rows().values().stream().mapToLong(Long::longValue).sum();
          SparkSession session = WorkSize.sessionFor(spark, rows);
          work.accept(
              session,
              new LakeViews(
                  session, lake.layout(), lake.contractsOf(manifest, contracts), manifest));
        });
  }

  /** Opens the lake as it is, with or without a finished batch. */
  void open(String name, Work work) throws IOException {
    if (limit < 0) {
      throw new ParameterException(spec.commandLine(), "--limit must be at least 0, was " + limit);
    }
    Configuration settings = configuration.read();
    try (SparkSession spark = SparkSessions.startToRead(name, settings)) {
      work.on(
          spark,
          Lake.openToRead(settings, spark, Clock.systemUTC()),
          TableContracts.load(settings.contractsDirectory()));
    }
  }

  /** What is done with an open lake. */
  interface Work {
    void on(SparkSession spark, Lake lake, TableContracts contracts);
  }
}
