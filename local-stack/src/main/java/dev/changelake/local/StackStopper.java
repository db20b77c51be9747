package dev.changelake.local;

import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;

/** Ends the daemon, and with it the services: first by asking, then by force. */
final class StackStopper {
  private static final Duration KNOWN_LIMIT = Duration.ofSeconds(10);
  private static final Duration CLEAN_LIMIT = Duration.ofSeconds(30);
  private static final Duration FORCED_LIMIT = Duration.ofSeconds(10);

  private final StackDirectory directory;
  private final PrintStream progress;

  StackStopper(StackDirectory directory, PrintStream progress) {
    this.directory = directory;
    this.progress = progress;
  }

  /** Stops what runs; false when nothing does. */
  boolean down() throws IOException, InterruptedException {
    return directory.exists() && CommandLock.holding(directory, progress, this::stop);
  }

  /** As {@link #down()}, for a command that holds the lock already. */
  boolean stop() throws IOException, InterruptedException {
    if (!directory.hasDaemon()) {
      return false;
    }
    Optional<ProcessHandle> daemon = awaitProcess();
    if (daemon.isEmpty()) {
      if (directory.hasDaemon()) {
        throw stuck(
            "Its process cannot be identified: %s names none that lives."
                .formatted(directory.daemonState()));
      }
      return true;
    }
    progress.println("stopping the local stack (pid %d)".formatted(daemon.get().pid()));
    if (!daemon.get().destroy() && daemon.get().isAlive()) {
      throw stuck("Process %d may not be ended by this user.".formatted(daemon.get().pid()));
    }
    if (!awaitEnd(CLEAN_LIMIT)) {
      progress.println("it does not stop by itself; ending it by force");
      daemon.get().destroyForcibly();
      if (!awaitEnd(FORCED_LIMIT)) {
        throw stuck("Process %d does not end.".formatted(daemon.get().pid()));
      }
    }
    return true;
  }

  /** A daemon that has only just got the lock has not written yet who it is. */
  private Optional<ProcessHandle> awaitProcess() throws IOException, InterruptedException {
    Deadline deadline = Deadline.in(KNOWN_LIMIT);
    Optional<ProcessHandle> process = readProcess();
    while (process.isEmpty() && !deadline.passed() && directory.hasDaemon()) {
      deadline.pause();
      process = readProcess();
    }
    return process;
  }

  private Optional<ProcessHandle> readProcess() throws IOException {
    return DaemonState.read(directory.daemonState()).flatMap(DaemonState::process);
  }

  private boolean awaitEnd(Duration limit) throws InterruptedException {
    Deadline deadline = Deadline.in(limit);
    while (directory.hasDaemon() && !deadline.passed()) {
      deadline.pause();
    }
    return !directory.hasDaemon();
  }

  private ChangelakeException stuck(String why) {
    return new ChangelakeException(
        ErrorCategory.SOURCE,
        "The local stack in %s cannot be stopped.".formatted(directory.path()),
        why,
        "Find the process that holds %s and end it.".formatted(directory.daemonLock()));
  }
}
