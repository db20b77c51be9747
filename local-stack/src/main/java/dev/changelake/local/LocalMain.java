package dev.changelake.local;

import dev.changelake.config.ConfigurationLocation;
import dev.changelake.error.ErrorCategory;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command line of the local stack. */
@Command(
    name = "changelake local",
    description =
        "Kafka, an S3 server and PostgreSQL on this machine, with their data in one folder.",
    synopsisSubcommandLabel = "(up | down | status)")
public final class LocalMain {
  @Option(
      names = "--dir",
      paramLabel = "<folder>",
      scope = ScopeType.INHERIT,
      description = "The stack's folder; by default $CHANGELAKE_DIR, else .changelake.")
  private Path directory;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help.")
  private boolean help;

  private LocalMain() {}

  /** Runs the command and exits with its code. */
  public static void main(String[] args) {
    // What is printed and written must not depend on where the machine stands.
    Locale.setDefault(Locale.ROOT);
    System.exit(run(args));
  }

  static int run(String... args) {
    return new CommandLine(new LocalMain())
        .setExecutionExceptionHandler((e, line, parsed) -> FailedCommand.told(e))
        .execute(args);
  }

  @Command(description = "Start the stack, or find that it is up; exit code 0 when it is.")
  int up() throws Exception {
    StackDirectory stack = stack();
    System.out.println(StackReport.up(stack, new StackLauncher(stack, System.err).up()).text());
    return 0;
  }

  @Command(description = "Stop the stack and keep its data; exit code 0 also when nothing runs.")
  int down() throws Exception {
    StackDirectory stack = stack();
    System.out.println(
        new StackStopper(stack, System.err).down()
            ? "The local stack in %s is down; its data is kept.".formatted(stack.path())
            : "No local stack runs in %s.".formatted(stack.path()));
    return 0;
  }

  @Command(description = "Tell what runs where; exit code 0 when the stack is up, 10 when not.")
  int status() throws Exception {
    StackReport report = StackReport.of(stack());
    System.out.println(report.text());
    return report.up() ? 0 : ErrorCategory.SOURCE.exitCode();
  }

  private StackDirectory stack() {
    return new StackDirectory(
        ConfigurationLocation.directory(Optional.ofNullable(directory), System.getenv()));
  }
}
