package dev.changelake.compact.cli;

import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The main job's entry point; {@code bin/changelake} calls it with the user's arguments. */
@Command(
    name = "changelake",
    description = "Turns change events into Delta tables, batch after batch.",
    mixinStandardHelpOptions = true,
    subcommands = {
      DemoCommand.class,
      CompactCommand.class,
      ReportCommand.class,
      DashboardCommand.class,
      VerifyCommand.class,
      PublishCommand.class,
      QueryCommand.class,
      HistoryCommand.class,
      RestoreCommand.class,
      QuarantineCommand.class,
      BatchesCommand.class,
      DoctorCommand.class
    })
public final class JobMain {
  private JobMain() {}

  public static void main(String[] args) {
    // What is printed and written must not depend on where the machine stands.
    Locale.setDefault(Locale.ROOT);
    System.exit(commandLine().execute(args));
  }

  /** All commands; executing one tells its exit code. */
  static CommandLine commandLine() {
    return new CommandLine(new JobMain())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(new ErrorPrinter());
  }
}
