package dev.changelake.capture.cli;

import dev.changelake.capture.run.CaptureResult;
import dev.changelake.capture.run.CaptureRun;
import dev.changelake.capture.source.CapturedTables;
import dev.changelake.commandline.CommandLines;
import dev.changelake.commandline.CommonOptions;
import dev.changelake.config.Configuration;
import dev.changelake.config.ConfigurationFile;
import dev.changelake.config.ConfigurationLocation;
import dev.changelake.contract.TableContracts;
import dev.changelake.error.ChangelakeException;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code capture}: publishes a PostgreSQL database's change log. */
@Command(
    name = "changelake capture",
    description = {
      "Publishes the changes of a PostgreSQL database to Kafka, by Debezium's engine: first all rows"
          + " as they stand, then each change.",
      "Stop it with Ctrl-C or SIGTERM; run again it goes on where it was."
    })
public final class CaptureCommand implements Callable<Integer> {
  private final Map<String, String> environment;
  private final PrintStream out;
  private final PrintStream err;

  @Mixin private CommonOptions common;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  @Option(
      names = "--until-current",
      description = "End when all that was committed before the start is published.")
  private boolean untilCurrent;

  @Option(
      names = "--snapshot-again",
      description =
          "Publish all rows once more, and a tombstone for each row of the topics that the database"
              + " no longer has; changes that were not captured are lost.")
  private boolean snapshotAgain;

  private CaptureCommand(Map<String, String> environment, PrintStream out, PrintStream err) {
    this.environment = environment;
    this.out = out;
    this.err = err;
  }

  /** Runs the command line and returns its exit code. */
  public static int run(
      Map<String, String> environment, PrintStream out, PrintStream err, String... args) {
    return CommandLines.of(new CaptureCommand(environment, out, err), out, err).execute(args);
  }

  @Override
  public Integer call() throws InterruptedException {
    try (StopSignal signal = new StopSignal()) {
      CaptureResult result = capture(signal.stop());
      out.print(common.json() ? CaptureText.json(result) : CaptureText.plain(result));
      out.flush();
      return CommandLine.ExitCode.OK;
    } catch (ChangelakeException e) {
      if (common.json()) {
        out.print(CaptureText.json(e));
        out.flush();
      }
      throw e;
    }
  }

  private CaptureResult capture(CountDownLatch stop) throws InterruptedException {
    Configuration configuration =
        ConfigurationFile.read(ConfigurationLocation.file(common.config(), environment));
    CapturedTables tables =
        CapturedTables.of(
            TableContracts.load(configuration.contractsDirectory()),
            Optional.ofNullable(configuration.debezium().get("topic.prefix")));
    try (CaptureLines lines = new CaptureLines(err)) {
      return new CaptureRun(configuration, tables)
          .run(new CaptureRun.Request(untilCurrent, snapshotAgain, common.schema()), stop, lines);
    }
  }
}
