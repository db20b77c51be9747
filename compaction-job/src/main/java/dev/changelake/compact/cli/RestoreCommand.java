package dev.changelake.compact.cli;

import dev.changelake.compact.lake.Lake;
import dev.changelake.compact.run.RestoreRun;
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
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code restore <table>}: undoes what somebody else did to a table. */
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    description = {
      "Puts a table back to what the newest finished batch left, if somebody else changed it since.",
      "No batch is lost by it: what a later batch merged already makes its error ask for a revision."
    })
final class RestoreCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private ConfigurationOption configuration;

  @Parameters(paramLabel = "<table>", description = "The table.")
  private String table;

  @Option(names = "--by", required = true, paramLabel = "<who>", description = "Who decides.")
  private String who;

  @Option(names = "--why", required = true, paramLabel = "<reason>", description = "Why.")
  private String why;

  @Override
  public Integer call() throws IOException {
    Configuration settings = configuration.read();
    try (SparkSession spark = SparkSessions.start("restore " + table, settings)) {
      Lake lake = Lake.open(settings, spark, Clock.systemUTC());
      new RestoreRun(spark, lake)
          .restore(table, who, why)
          .forEach(spec.commandLine().getOut()::println);
    }
    return 0;
  }
}
