package dev.changelake.local.airflow;

import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import dev.changelake.local.Deadline;
import dev.changelake.local.LocalStack;
import dev.changelake.local.ProcessMark;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code airflow standalone} as a process of its own: started, asked, ended. */
final class AirflowServer {
  private static final Duration READY_LIMIT = Duration.ofMinutes(5);
  private static final Duration CLEAN_LIMIT = Duration.ofSeconds(20);
  private static final Duration FORCED_LIMIT = Duration.ofSeconds(10);
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

  private final LocalStack stack;
  private final PrintStream progress;

  AirflowServer(LocalStack stack, PrintStream progress) {
    this.stack = stack;
    this.progress = progress;
  }

  static Path log(LocalStack stack) {
    return stack.logs().resolve("airflow.log");
  }

  /** The Airflow that runs here, whole or in parts. */
  Optional<AirflowState> running() throws IOException {
    return AirflowState.read(state()).filter(state -> !state.alive().isEmpty());
  }

  /** Starts it, and returns when its scheduler, DAG processor and page are well. */
  AirflowState start(AirflowProcess airflow, int port) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(LocalStack.detached(System.getenv().getOrDefault("PATH", "")));
    command.addAll(airflow.command("standalone"));
    Process process =
        airflow
            .builder(command)
            .redirectInput(Redirect.from(new File("/dev/null")))
            .redirectErrorStream(true)
            .redirectOutput(log(stack).toFile())
            .start();
    new AirflowState(marks(Stream.of(process.toHandle())), port).write(state());
    awaitWell(process.toHandle(), port, READY_LIMIT);
    AirflowState state =
        new AirflowState(
            marks(Stream.concat(Stream.of(process.toHandle()), process.children())), port);
    state.write(state());
    return state;
  }

  /** Whether it becomes well within the limit; one that is busy may not answer at once. */
  boolean isWell(AirflowState state, Duration limit) throws InterruptedException {
    Deadline deadline = Deadline.in(limit);
    while (!AirflowHealth.ask(state.port()).isWell()) {
      if (deadline.passed()) {
        return false;
      }
      deadline.pause();
    }
    return true;
  }

  private void awaitWell(ProcessHandle process, int port, Duration limit)
      throws InterruptedException {
    Deadline deadline = Deadline.in(limit);
    Deadline silence = Deadline.in(Duration.ZERO);
    AirflowHealth health = AirflowHealth.ask(port);
    while (!health.isWell()) {
      if (!process.isAlive() || deadline.passed()) {
        throw notReady(process.isAlive() ? "It is not ready." : "Its process has ended.", health);
      }
      if (silence.passed()) {
        progress.println("waiting for " + String.join(", ", health.unwell()));
        silence = Deadline.in(BETWEEN_LINES);
      }
      deadline.pause();
      health = AirflowHealth.ask(port);
    }
  }

  /** Ends it and all that it started; false when nothing runs. */
  boolean stop() throws IOException, InterruptedException {
    Optional<AirflowState> running = running();
    if (running.isEmpty()) {
      return false;
    }
    progress.println("stopping Airflow");
    List<ProcessHandle> all = withDescendants(running.get().alive());
    // All of them at once: `standalone` alone would leave its parts behind.
    all.forEach(ProcessHandle::destroy);
    if (!awaitEnd(all, CLEAN_LIMIT)) {
      // A part that was stopping may have started something in the meantime.
      List<ProcessHandle> left = withDescendants(all);
      left.forEach(ProcessHandle::destroyForcibly);
      if (!awaitEnd(left, FORCED_LIMIT)) {
        throw new ChangelakeException(
            ErrorCategory.SOURCE,
            "Airflow cannot be stopped.",
            "Some of its processes do not end.",
            "Find them (`ps`), and end them.");
      }
    }
    Files.deleteIfExists(state());
    return true;
  }

  private static List<ProcessMark> marks(Stream<ProcessHandle> processes) {
    return processes.flatMap(process -> ProcessMark.of(process).stream()).toList();
  }

  private static List<ProcessHandle> withDescendants(List<ProcessHandle> processes) {
    return processes.stream()
        .filter(ProcessHandle::isAlive)
        .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
        .distinct()
        .toList();
  }

  private static boolean awaitEnd(List<ProcessHandle> all, Duration limit)
      throws InterruptedException {
    Deadline deadline = Deadline.in(limit);
    while (all.stream().anyMatch(ProcessHandle::isAlive) && !deadline.passed()) {
      deadline.pause();
    }
    return all.stream().noneMatch(ProcessHandle::isAlive);
  }

  private Path state() {
    return stack.runFile(AirflowState.FILE);
  }

  private ChangelakeException notReady(String why, AirflowHealth health) {
    return new ChangelakeException(
        ErrorCategory.SOURCE,
        "Airflow did not start in %s.".formatted(stack.folder()),
        why + " Not well: " + String.join(", ", health.unwell()) + ".",
        "Read %s, then run the command again.".formatted(log(stack)));
  }
}
