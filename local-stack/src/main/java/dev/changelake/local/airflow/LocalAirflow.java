package dev.changelake.local.airflow;

import dev.changelake.config.Configuration;
import dev.changelake.config.ConfigurationFile;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import dev.changelake.local.LocalStack;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;

/** Airflow with the project's DAGs, on the local stack of a folder. */
final class LocalAirflow {
  private static final int USUAL_PORT = 8080;

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
   * @param lastDay the last day that is scheduled; with it all days from the first one are
   */
  AirflowState up(Optional<LocalDate> lastDay) throws IOException, InterruptedException {
    stack.up(progress);
    Optional<AirflowState> running = server.running();
    if (running.isPresent() && AirflowHealth.ask(running.get().port()).isWell()) {
      progress.println("Airflow is already up, with the settings that it was started with");
      return running.get();
    }
    server.stop();
    int port = LocalStack.freePort(running.map(AirflowState::port).orElse(USUAL_PORT));
    AirflowProcess airflow = process(port, lastDay);
    AirflowState started = server.start(airflow, port);
    importPools(airflow);
    return started;
  }

  /** Runs Airflow's own command line, on this terminal; tells its exit code. */
  int cli(String... arguments) throws IOException, InterruptedException {
    int port = server.running().map(AirflowState::port).orElse(USUAL_PORT);
    AirflowProcess airflow = process(port, Optional.empty());
    return airflow.builder(airflow.command(arguments)).inheritIO().start().waitFor();
  }

  /** Airflow's command line with this stack's settings, on a database that is there. */
  private AirflowProcess process(int port, Optional<LocalDate> lastDay) throws IOException {
    Configuration configuration = ConfigurationFile.read(stack.configuration());
    new MetadataDatabase(configuration).create();
    Path home = Files.createDirectories(AirflowSettings.home(stack));
    return new AirflowProcess(
        project, home, new AirflowSettings(project, stack, configuration).variables(port, lastDay));
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
