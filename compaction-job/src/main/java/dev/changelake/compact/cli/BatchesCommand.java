package dev.changelake.compact.cli;

import dev.changelake.compact.batch.Batches;
import dev.changelake.compact.batch.Manifest;
import dev.changelake.compact.console.TextTable;
import dev.changelake.compact.expectation.Verifications;
import dev.changelake.compact.lake.Lake;
import dev.changelake.compact.spark.SparkSessions;
import dev.changelake.config.Configuration;
import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code batches}: the finished batches and the table versions that they name. */
@Command(
    name = "batches",
    mixinStandardHelpOptions = true,
    description = {
      "Lists the finished batches with the version of each table, and whether each is verified."
    })
final class BatchesCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private ConfigurationOption configuration;

  @Override
  public Integer call() throws IOException {
    Configuration settings = configuration.read();
    try (SparkSession spark = SparkSessions.start("batches", settings)) {
      Lake lake = Lake.openToRead(settings, spark, Clock.systemUTC());
      Verifications.Verified verified = Verifications.of(lake).all();
      TextTable table =
          new TextTable("n", "batch", "business date", "finished at", "verified", "tables");
      for (Batches.Entry entry : lake.batches().all()) {
        Manifest manifest = lake.batches().find(entry.n()).orElseThrow();
        table.row(
            entry.n(),
            entry.batch(),
            manifest.businessDate(),
            manifest.createdAt(),
            verified.contains(entry.n(), entry.batch()) ? "yes" : "-",
            manifest.tables());
      }
      table.print(spec.commandLine().getOut());
      return 0;
    }
  }
}
