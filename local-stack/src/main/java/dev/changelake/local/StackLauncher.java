package dev.changelake.local;

import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Brings the stack up, or finds that it is up already. */
final class StackLauncher {
  private static final Duration READY_LIMIT = Duration.ofSeconds(90);
  private static final int PORT_ATTEMPTS = 3;
  private static final int LAST_LINES = 15;

  private final StackDirectory directory;
  private final StackStopper stopper;
  private final PrintStream progress;

  StackLauncher(StackDirectory directory, PrintStream progress) {
    this.directory = directory;
    this.stopper = new StackStopper(directory, progress);
    this.progress = progress;
  }

  /** Returns when every service answers. */
  DaemonState up() throws IOException, InterruptedException {
    directory.prepare();
    // A file that would be refused later is refused before anything starts.
    new StackFile(directory.stackFile()).bucket();
    return CommandLock.holding(directory, progress, this::reuseOrStart);
  }

  private DaemonState reuseOrStart() throws IOException, InterruptedException {
    Optional<DaemonState> running = reusable();
    if (running.isPresent()) {
      progress.println("the local stack is already up");
      return running.get();
    }
    return start();
  }

  private Optional<DaemonState> reusable() throws IOException, InterruptedException {
    if (!directory.hasDaemon()) {
      return Optional.empty();
    }
    Optional<DaemonState> state = readyState();
    if (state.isEmpty()) {
      // An earlier command started it and was ended before it was ready.
      state = awaitReady(directory::hasDaemon);
    }
    if (state.isEmpty()) {
      if (directory.hasDaemon()) {
        progress.println("an earlier start hangs; restarting the local stack");
        stopper.stop();
      }
      return Optional.empty();
    }
    List<ServiceKind> silent = state.get().silent();
    if (!silent.isEmpty()) {
      progress.println(
          "%s: no answer; restarting the local stack"
              .formatted(
                  silent.stream().map(ServiceKind::label).collect(Collectors.joining(" and "))));
      stopper.stop();
      return Optional.empty();
    }
    restoreStackFile();
    return state;
  }

  private void restoreStackFile() throws IOException {
    StackFile stackFile = new StackFile(directory.stackFile());
    if (!stackFile.exists()) {
      stackFile.write(
          Ports.read(directory.ports()),
          S3Credentials.readOrCreate(directory.credentials()),
          PostgresCredentials.readOrCreate(directory.postgresCredentials()));
    }
  }

  private DaemonState start() throws IOException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      Files.deleteIfExists(directory.daemonState());
      Files.deleteIfExists(directory.progress());
      Process daemon = DaemonProcess.start(directory);
      Optional<DaemonState> state = awaitReady(daemon::isAlive);
      if (state.isPresent()) {
        return state.get();
      }
      if (daemon.isAlive()) {
        daemon.destroyForcibly().waitFor();
        throw failed("It was not ready within %d s.".formatted(READY_LIMIT.toSeconds()));
      }
      if (daemon.exitValue() != StackDaemon.PORT_TAKEN || attempt == PORT_ATTEMPTS) {
        throw failed("Its process ended with exit code %d.".formatted(daemon.exitValue()));
      }
      progress.println("a port was taken in the meantime; starting again with another");
    }
  }

  /** Follows a starting daemon; empty when it dies or takes too long. */
  private Optional<DaemonState> awaitReady(Alive daemon) throws IOException, InterruptedException {
    Deadline deadline = Deadline.in(READY_LIMIT);
    ProgressLog log = new ProgressLog(directory.progress());
    while (!deadline.passed()) {
      boolean alive = daemon.isAlive();
      Optional<DaemonState> state = readyState();
      log.showNew(progress);
      if (!alive) {
        return Optional.empty();
      }
      if (state.isPresent()) {
        return state;
      }
      deadline.pause();
    }
    return Optional.empty();
  }

  private Optional<DaemonState> readyState() throws IOException {
    return DaemonState.read(directory.daemonState()).filter(DaemonState::isReady);
  }

  private ChangelakeException failed(String why) throws IOException {
    List<String> output =
        Files.readString(directory.output(), StandardCharsets.UTF_8).lines().toList();
    String last =
        output.subList(Math.max(0, output.size() - LAST_LINES), output.size()).stream()
            .map(line -> "\n    " + line)
            .collect(Collectors.joining());
    return new ChangelakeException(
        ErrorCategory.SOURCE,
        "The local stack did not start in %s.".formatted(directory.path()),
        why + (last.isEmpty() ? "" : " Its last words:" + last),
        "Read daemon.log, kafka.log, s3.log and postgres.log in %s, then try again."
            .formatted(directory.logs()));
  }

  private interface Alive {
    boolean isAlive();
  }
}
