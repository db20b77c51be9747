package dev.changelake.local.airflow;

import dev.changelake.config.Configuration;
import dev.changelake.config.ConfigurationFile;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import dev.changelake.local.LocalStack;
import dev.changelake.local.StackLock;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;

/** Airflow with the project's DAGs, on the local stack of a folder. */
final class LocalAirflow {
  private static final int USUAL_PORT = 8080;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration OTHERS = Duration.ofMinutes(7);

  private final AirflowProject project;
  private final LocalStack stack;
  private final AirflowServer server;
  private final PrintStream progress;

  LocalAirflow(AirflowProject project, LocalStack stack, PrintStream progress) {
    this.project = project;
    this.stack = stack;
    this.server = new AirflowServer(stack, progress);
    this.progress = progress;
  }

  /**
   * Starts the stack and Airflow, or finds that both are up.
   *
   * @param lastDay the last day that is scheduled, or {@link ScheduledDays#NONE}; else as before
   */
  AirflowState up(Optional<String> lastDay) throws IOException, InterruptedException {
    stack.up(progress);
    return alone(() -> startUnlessWell(lastDay));
  }

  private AirflowState startUnlessWell(Optional<String> lastDay)
      throws IOException, InterruptedException {
    Optional<AirflowState> running = server.running();
    if (running.isPresent() && server.isWell(running.get(), PATIENCE)) {
      progress.println("Airflow is already up, with the settings that it was started with");
      importPools(process(running.get().port(), Optional.empty()));
      return running.get();
    }
    server.stop();
    Path home = home();
    AdminPassword.writeIfAbsent(home);
    int port = LocalStack.freePort(running.map(AirflowState::port).orElse(USUAL_PORT));
    AirflowProcess airflow =
        process(port, new ScheduledDays(home).lastDay(lastDay)).withLogServersOfItsOwn();
    AirflowState started = server.start(airflow, port);
    if (!AdminPassword.opens(home, port)) {
      server.stop();
      throw new ChangelakeException(
          ErrorCategory.SOURCE,
          "Airflow did not start in %s.".formatted(stack.folder()),
          "The page at %s is that of another Airflow.".formatted(AirflowSettings.url(port)),
          "Both were started at the same moment; run the command again.");
    }
    importPools(airflow);
    return started;
  }

  /** Stops Airflow; false when nothing runs. */
  boolean down() throws IOException, InterruptedException {
    return Files.isDirectory(stack.folder()) && server.running().isPresent() && alone(server::stop);
  }

  /** Two commands that start or stop at the same time would end each other's processes. */
  private <T> T alone(Work<T> work) throws IOException, InterruptedException {
    Optional<StackLock> lock = StackLock.acquire(stack.runFile("airflow.lock"), OTHERS);
    if (lock.isEmpty()) {
      throw new ChangelakeException(
          ErrorCategory.SOURCE,
          "Airflow in %s is busy.".formatted(stack.folder()),
          "Another command has been starting or stopping it for %d minutes."
              .formatted(OTHERS.toMinutes()),
          "End that command, then try again.");
    }
    try {
      return work.run();
    } finally {
      lock.get().close();
    }
  }

  private interface Work<T> {
    T run() throws IOException, InterruptedException;
  }

  /** Runs Airflow's own command line, on this terminal; tells its exit code. */
  int cli(String... arguments) throws IOException, InterruptedException {
    int port = server.running().map(AirflowState::port).orElse(USUAL_PORT);
    AirflowProcess airflow = process(port, new ScheduledDays(home()).lastDay(Optional.empty()));
    return airflow.builder(airflow.command(arguments)).inheritIO().start().waitFor();
  }

  /** Airflow's command line with this stack's settings, on a database that is there. */
  private AirflowProcess process(int port, Optional<LocalDate> lastDay) throws IOException {
    Configuration configuration = ConfigurationFile.read(stack.configuration());
    new MetadataDatabase(configuration).create();
    return new AirflowProcess(
        project,
        home(),
        new AirflowSettings(project, stack, configuration).variables(port, lastDay));
  }

  private Path home() throws IOException {
    Path home = AirflowSettings.home(stack);
    if (!Files.isDirectory(home)) {
      Files.createDirectories(home);
      // Airflow writes its configuration there, with keys that it makes up.
      Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
    }
    return home;
  }

  private void importPools(AirflowProcess airflow) throws IOException, InterruptedException {
    Process process =
        airflow
            .builder(airflow.command("pools", "import", project.pools().toString()))
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new ChangelakeException(
          ErrorCategory.SOURCE,
          "Airflow did not take the pools of %s.".formatted(project.pools()),
          output.strip(),
          "Mend that, then run the command again.");
    }
  }
}
