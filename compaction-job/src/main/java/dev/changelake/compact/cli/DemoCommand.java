package dev.changelake.compact.cli;

import dev.changelake.compact.console.StepPrinter;
import dev.changelake.compact.demo.Demo;
import dev.changelake.compact.demo.DemoSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code demo}: the documented days on this machine. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Starts the local stack and runs the documented days: the mock platform's initial load, then"
          + " days with a daily feed and company changes, each compacted, verified, reported and"
          + " published.",
      "Run again on the same folder it goes on with the next day."
    })
final class DemoCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--days",
      paramLabel = "<n>",
      defaultValue = "3",
      description = {
        "How many days with a daily feed (default: ${DEFAULT-VALUE}); on a new folder 0 is the"
            + " initial load alone."
      })
  private int days;

  @Option(
      names = "--date",
      paramLabel = "<date>",
      description = {
        "The first day with a daily feed; the initial load is the day before (default: "
            + Demo.FIRST_FEED
            + "). A folder that has batches goes on after the last one."
      })
  private Optional<LocalDate> date = Optional.empty();

  @Option(
      names = "--dir",
      paramLabel = "<folder>",
      description = "The local stack's folder (default: $$CHANGELAKE_DIR, else .changelake).")
  private Path directory;

  @Option(
      names = "--source",
      paramLabel = "<source>",
      defaultValue = "kafka",
      description = {
        "Where the platform's changes come from: ${COMPLETION-CANDIDATES}. kafka: the mock platform"
            + " publishes them itself. database: it writes transactions into PostgreSQL, whose log"
            + " `capture` publishes (default: ${DEFAULT-VALUE})."
      })
  private DemoSource source;

  @Option(names = "--keep-up", description = "Leave the local stack running.")
  private boolean keepUp;

  @Override
  public Integer call() throws IOException {
    if (days < 0) {
      throw new ParameterException(spec.commandLine(), "--days must be at least 0, was " + days);
    }
    Path launcher =
        Path.of(
            Optional.ofNullable(System.getenv("CHANGELAKE_LAUNCHER"))
                .orElseThrow(() -> new IllegalStateException("Not started by bin/changelake")));
    Path folder =
        Optional.ofNullable(directory)
            .or(() -> Optional.ofNullable(System.getenv("CHANGELAKE_DIR")).map(Path::of))
            .orElse(Path.of(".changelake"));
    new Demo(launcher, folder, spec.commandLine().getOut(), new StepPrinter(System.err))
        .run(date, days, source, keepUp);
    return 0;
  }
}
