package dev.changelake.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/** A PostgreSQL that outlived its daemon; there can be only one on the same data. */
record PostgresLeftover(ProcessHandle process) {
  private static final Pattern PROCESS_ID = Pattern.compile("[1-9][0-9]{0,9}");
  private static final Duration BY_ITSELF = Duration.ofSeconds(5);
  private static final int ASKED_SECONDS = 20;

  /**
   * The process that `postmaster.pid` names, unless its id now belongs to another process; then
   * PostgreSQL would refuse to start because of the file, and it is deleted.
   *
   * <p>The file has the time of the start by the clock of then, which the clock of now may
   * contradict. A server is recognised by the data that it was started on.
   */
  static Optional<PostgresLeftover> find(Path data) throws IOException {
    Path file = data.resolve("postmaster.pid");
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    if (lines.isEmpty() || !PROCESS_ID.matcher(lines.get(0)).matches()) {
      Files.delete(file);
      return Optional.empty();
    }
    Optional<ProcessHandle> named = ProcessHandle.of(Long.parseLong(lines.get(0)));
    Optional<String> command = named.flatMap(process -> process.info().commandLine());
    if (command.filter(line -> line.contains(PostgresServer.onData(data))).isPresent()) {
      return named.map(PostgresLeftover::new);
    }
    if (command.isPresent()) {
      Files.delete(file);
    }
    // Of no process at all, or of one that may not be looked at: PostgreSQL itself decides.
    return Optional.empty();
  }

  /** Waits for its end, which its guard has asked for; else asks again, and then ends it. */
  void end(PostgresBinaries binaries, PostgresUser user, Path data)
      throws IOException, InterruptedException {
    if (ends()) {
      return;
    }
    user.process(
            binaries.command(
                "pg_ctl", "stop", "--mode=fast", "--timeout=" + ASKED_SECONDS, "--pgdata=" + data))
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
    if (process.isAlive()) {
      process.destroyForcibly();
      ends();
    }
  }

  private boolean ends() throws InterruptedException {
    try {
      process.onExit().get(BY_ITSELF.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException | ExecutionException e) {
      return false;
    }
  }
}
