package dev.changelake.local;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** PostgreSQL's process, which ends when the daemon does, however the daemon ends. */
final class PostgresServer {
  /**
   * A shell between the two: its input ends with the daemon, or when the daemon closes it, and then
   * it asks PostgreSQL to end the sessions and to stop cleanly.
   */
  private static final String GUARD =
      """
      exec 3<&0
      "$@" </dev/null 3<&- &
      server=$!
      (while read -r line <&3; do :; done; kill -INT "$server") 2>/dev/null &
      guard=$!
      wait "$server"
      code=$?
      kill "$guard" 2>/dev/null
      exit "$code"
      """;

  private static final String DATA_OPTION = "-D";
  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
  private static final long LOG_SIZE = 20L << 20;

  private final Process guard;
  private final Path log;
  private final long logStart;

  private PostgresServer(Process guard, Path log, long logStart) {
    this.guard = guard;
    this.log = log;
    this.logStart = logStart;
  }

  static PostgresServer start(
      PostgresBinaries binaries, PostgresUser user, Path data, int port, Path log)
      throws IOException {
    if (Files.exists(log) && Files.size(log) > LOG_SIZE) {
      Files.move(log, log.resolveSibling("postgres.1.log"), StandardCopyOption.REPLACE_EXISTING);
    }
    long logStart = Files.exists(log) ? Files.size(log) : 0;
    List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", GUARD, "postgres-guard"));
    command.addAll(binaries.command("postgres", DATA_OPTION, data.toString()));
    settings(port).forEach(setting -> command.addAll(List.of("-c", setting)));
    Process guard =
        user.process(command)
            .directory(data.toFile())
            .redirectOutput(Redirect.appendTo(log.toFile()))
            .start();
    return new PostgresServer(guard, log, logStart);
  }

  /** How the command line of a server on this data, and of its guard, goes on. */
  static String onData(Path data) {
    return DATA_OPTION + " " + data + " ";
  }

  boolean isAlive() {
    return guard.isAlive();
  }

  /** What the server has logged since it was started. */
  String output() throws IOException {
    byte[] all = Files.readAllBytes(log);
    int start = Math.toIntExact(Math.min(logStart, all.length));
    return new String(all, start, all.length - start, StandardCharsets.UTF_8);
  }

  void stop() throws IOException, InterruptedException {
    List<ProcessHandle> below = guard.descendants().toList();
    try (OutputStream input = guard.getOutputStream()) {
      input.flush();
    } catch (IOException e) {
      // The guard is gone already, and with it the server.
    }
    if (!guard.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      below.forEach(ProcessHandle::destroyForcibly);
      guard.destroyForcibly().waitFor();
    }
  }

  private static List<String> settings(int port) {
    return List.of(
        "listen_addresses=127.0.0.1",
        "port=" + port,
        // A socket's path may be too long, and others could use it.
        "unix_socket_directories=",
        // So that the database can be the source of a change log.
        "wal_level=logical",
        "max_connections=50",
        "shared_buffers=64MB",
        "timezone=UTC",
        "log_timezone=UTC");
  }
}
