package dev.changelake.local.airflow;

import dev.changelake.config.ConfigurationLocation;
import dev.changelake.error.ErrorCategory;
import dev.changelake.local.FailedCommand;
import dev.changelake.local.LocalStack;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;

/** The command line of Airflow on the local stack. */
@Command(
    name = "changelake airflow",
    description = "Airflow on this machine, with Changelake's three DAGs, on the local stack.",
    synopsisSubcommandLabel = "(setup | up | down | status | cli)")
public final class AirflowMain {
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

  private AirflowMain() {}

  /** Runs the command and exits with its code. */
  public static void main(String[] args) {
    // What is printed and written must not depend on where the machine stands.
    Locale.setDefault(Locale.ROOT);
    System.exit(run(args));
  }

  static int run(String... args) {
    CommandLine line = new CommandLine(new AirflowMain());
    line.getSubcommands()
        .get("cli")
        .setStopAtPositional(true)
        .setUnmatchedOptionsArePositionalParams(true);
    return line.setExecutionExceptionHandler((e, command, parsed) -> FailedCommand.told(e))
        .execute(args);
  }

  @Command(description = "Make Airflow's Python environment, or find that it is made.")
  int setup() throws IOException, InterruptedException {
    AirflowProject project = AirflowProject.of(System.getenv());
    boolean made = environment(project).setUp();
    System.out.printf(
        "Airflow's environment in %s %s.%n",
        project.environment(), made ? "is made" : "is as its requirements say");
    return 0;
  }

  @Command(
      description = {
        "Start the local stack and Airflow on it, or find that both are up.",
        "The DAGs are paused at first: unpause and trigger them on the page, or by `airflow cli`."
      })
  int up(
      @Option(
              names = "--last-day",
              paramLabel = "<date>|none",
              description =
                  "The last day that is scheduled; all days from 2020-06-22 to it are then, in"
                      + " order. With 'none', the scheduler goes on from yesterday. By default as"
                      + " at the start before; at the first, none.")
          String lastDay)
      throws IOException, InterruptedException {
    AirflowState state = airflow().up(Optional.ofNullable(lastDay));
    System.out.println(report(stack(), state));
    return 0;
  }

  @Command(description = "Stop Airflow; the local stack stays up. 0 also when nothing runs.")
  int down() throws IOException, InterruptedException {
    LocalStack stack = stack();
    System.out.println(
        new LocalAirflow(AirflowProject.of(System.getenv()), stack, System.err).down()
            ? "Airflow in %s is down; its runs are kept.".formatted(stack.folder())
            : "No Airflow runs in %s.".formatted(stack.folder()));
    return 0;
  }

  @Command(description = "Tell what runs where; exit code 0 when Airflow is well, 10 when not.")
  int status() throws IOException, InterruptedException {
    LocalStack stack = stack();
    AirflowServer server = new AirflowServer(stack, System.err);
    Optional<AirflowState> running = server.running();
    if (running.isEmpty()) {
      System.out.println("No Airflow runs in %s.".formatted(stack.folder()));
      return ErrorCategory.SOURCE.exitCode();
    }
    AirflowHealth health = AirflowHealth.ask(running.get().port());
    System.out.println(
        health.isWell()
            ? report(stack, running.get())
            : "Airflow in %s is not well: %s."
                .formatted(stack.folder(), String.join(", ", health.unwell())));
    return health.isWell() ? 0 : ErrorCategory.SOURCE.exitCode();
  }

  @Command(
      description = {
        "Airflow's own command line, with this stack's settings:",
        "  bin/changelake airflow cli dags list"
      })
  int cli(
      @Parameters(paramLabel = "<argument>", description = "What follows is Airflow's.")
          List<String> arguments)
      throws IOException, InterruptedException {
    return airflow().cli(arguments.toArray(String[]::new));
  }

  /** Airflow of the stack, in an environment that is made. */
  private LocalAirflow airflow() throws IOException, InterruptedException {
    AirflowProject project = AirflowProject.of(System.getenv());
    environment(project).setUp();
    return new LocalAirflow(project, stack(), System.err);
  }

  private static PythonEnvironment environment(AirflowProject project) {
    return new PythonEnvironment(project, new PythonFinder(System.getenv()), System.err);
  }

  private LocalStack stack() {
    return new LocalStack(
        ConfigurationLocation.directory(Optional.ofNullable(directory), System.getenv()));
  }

  private static String report(LocalStack stack, AirflowState state) {
    return """
        Airflow is up: %s
          user admin, its password in %s
          log %s\
        """
        .formatted(
            AirflowSettings.url(state.port()),
            AdminPassword.file(AirflowSettings.home(stack)),
            AirflowServer.log(stack));
  }
}
