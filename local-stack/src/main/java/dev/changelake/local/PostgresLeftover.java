package dev.changelake.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A PostgreSQL that outlived its daemon; there can be only one on the same data. */
record PostgresLeftover(ProcessHandle process) {
  private static final int STARTED_LINE = 2;
  private static final Duration SAME_START = Duration.ofSeconds(5);
  private static final Duration BY_ITSELF = Duration.ofSeconds(5);
  private static final int ASKED_SECONDS = 20;

  /**
   * The process that `postmaster.pid` names, unless its id now belongs to another process; then
   * PostgreSQL would refuse to start because of the file, and it is deleted.
   */
  static Optional<PostgresLeftover> find(Path data) throws IOException {
    Path file = data.resolve("postmaster.pid");
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    if (lines.size() <= STARTED_LINE) {
      Files.delete(file);
      return Optional.empty();
    }
    Optional<ProcessHandle> named = ProcessHandle.of(Long.parseLong(lines.get(0).trim()));
    Instant started = Instant.ofEpochSecond(Long.parseLong(lines.get(STARTED_LINE).trim()));
    Optional<PostgresLeftover> found =
        named.filter(process -> isSame(process, started)).map(PostgresLeftover::new);
    if (named.isPresent() && found.isEmpty()) {
      Files.delete(file);
    }
    return found;
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

  private static boolean isSame(ProcessHandle process, Instant started) {
    Duration apart =
        Duration.between(process.info().startInstant().orElse(Instant.EPOCH), started).abs();
    return apart.compareTo(SAME_START) < 0;
  }
}
