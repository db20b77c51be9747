package dev.changelake.compact.demo;

import dev.changelake.compact.batch.Manifest;
import dev.changelake.compact.console.StepPrinter;
import dev.changelake.compact.lake.Lake;
import dev.changelake.compact.report.Reports;
import dev.changelake.compact.spark.SparkSessions;
import dev.changelake.config.Configuration;
import dev.changelake.config.ConfigurationFile;
import dev.changelake.contract.TableContracts;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/** Shows the whole way on one machine: stack, days, summary. */
public final class Demo {
  /** The first day with a daily feed, if no other is asked for. */
  public static final String FIRST_FEED = "2020-06-22";

  private final Path launcher;
  private final Path directory;
  private final PrintWriter out;
  private final StepPrinter lines;

  /**
   * A demo in a folder.
   *
   * @param launcher {@code bin/changelake}
   * @param directory the folder of the local stack, new or from an earlier demo
   */
  public Demo(Path launcher, Path directory, PrintWriter out, StepPrinter lines) {
    this.launcher = launcher;
    this.directory = directory.toAbsolutePath().normalize();
    this.out = out;
    this.lines = lines;
  }

  /**
   * Runs it.
   *
   * @param firstFeed the first day with a daily feed, for a new folder; else {@link #FIRST_FEED}
   * @param days how many days with a daily feed
   * @param source where the platform's changes come from
   * @param keepUp whether the stack stays up; one that was up before does anyway
   */
  public void run(Optional<LocalDate> firstFeed, int days, DemoSource source, boolean keepUp)
      throws IOException {
    LauncherCommands commands = new LauncherCommands(launcher, directory);
    boolean wasUp = commands.isStackUp();
    commands.stackUp();
    lines.done(
        "stack", "Kafka, S3, PostgreSQL", (wasUp ? "are up in " : "started in ") + directory);
    boolean staysUp = wasUp || keepUp;
    // A demo that is interrupted leaves nothing running either.
    Thread stop = new Thread(commands::stackDown, "stop the stack");
    if (!staysUp) {
      Runtime.getRuntime().addShutdownHook(stop);
    }
    days(commands, source, firstFeed, days);
    if (!staysUp) {
      Runtime.getRuntime().removeShutdownHook(stop);
      commands.stackDown();
    }
    next(staysUp);
  }

  private void days(
      LauncherCommands commands, DemoSource source, Optional<LocalDate> firstFeed, int days)
      throws IOException {
    Configuration configuration = ConfigurationFile.read(directory.resolve("stack.json"));
    Clock clock = Clock.systemUTC();
    try (SparkSession spark = SparkSessions.start("demo", configuration)) {
      Lake lake = Lake.open(configuration, spark, clock);
      Manifest last =
          new DemoRun(commands, source, configuration, spark, lake, lines, clock)
              .run(firstFeed, days);
      TableContracts contracts = TableContracts.load(configuration.contractsDirectory());
      new DemoSummary(out, lake, directory)
          .print(last, Reports.load(configuration.reportsDirectory(), contracts).all());
    }
  }

  private void next(boolean isUp) {
    out.printf("%nTry next%s:%n%n", isUp ? "" : " (the stack is stopped; its data is kept)");
    out.printf("  export CHANGELAKE_DIR='%s'%n", directory.toString().replace("'", "'\\''"));
    if (!isUp) {
      out.println("  bin/changelake local up");
    }
    out.println("  bin/changelake dashboard");
    out.println("  bin/changelake history companies --key 4");
    out.println(
        "  bin/changelake query \"SELECT country, count(*) AS requests FROM weblogs GROUP BY country"
            + " ORDER BY requests DESC LIMIT 5\"");
    out.println(
        "  bin/changelake kafka console-consumer --topic b2b.public.companies --from-beginning"
            + " --max-messages 5");
    out.flush();
  }
}
