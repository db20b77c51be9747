package dev.changelake.compact.crash;

import dev.changelake.compact.stack.TestStack;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A JVM of its own on the tests' class path, which is told and tells lines. */
public final class ChildJvm implements AutoCloseable {
  private static final String END = "(the process ended)";
  private static final long PATIENCE_SECONDS = 240;

  private final Process process;
  private final PrintWriter stdin;
  private final Path log;
  private boolean logWanted;
  private boolean told;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  private ChildJvm(Process process, Path log) {
    this.process = process;
    this.stdin = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
    this.log = log;
  }

  /** Starts the class with Spark's options; what it writes to stderr is kept in a file. */
  public static ChildJvm start(Class<?> main, String heap, List<String> arguments) {
    Path target = TestStack.repository().resolve("compaction-job/target");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + target.resolve("jvm-options.txt"));
    command.addAll(List.of("-Xmx" + heap, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    // The default of this compiler alone is too small for Spark and Delta.
    command.add("-XX:ReservedCodeCacheSize=256m");
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    try {
      Path log = Files.createTempFile(target, main.getSimpleName(), ".log");
      ChildJvm child =
          new ChildJvm(new ProcessBuilder(command).redirectError(log.toFile()).start(), log);
      Thread reader = new Thread(child::readLines, "lines of " + main.getSimpleName());
      reader.setDaemon(true);
      reader.start();
      return child;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void tell(String line) {
    told = true;
    stdin.println(line);
  }

  /** Whether it was told nothing yet. */
  public boolean isFresh() {
    return !told;
  }

  /** True, unless it ended by itself. */
  public boolean requireAlive() {
    if (!process.isAlive()) {
      logWanted = true;
      throw new IllegalStateException("It ended by itself; see " + log);
    }
    return true;
  }

  /** Waits for the next line that starts so; lines before it are dropped. */
  public String await(String start) {
    List<String> seen = new ArrayList<>();
    try {
      while (true) {
        String line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (line == null || line.equals(END)) {
          logWanted = true;
          throw new IllegalStateException(
              "No line \"%s…\" came, but %s and %s; see %s".formatted(start, seen, line, log));
        }
        if (line.startsWith(start)) {
          return line;
        }
        seen.add(line);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Kills the process as an operating system does, and waits until it is gone. */
  public void kill() {
    try {
      process.destroyForcibly();
      process.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (!logWanted) {
        Files.deleteIfExists(log);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("The process cannot be killed", e);
    }
  }

  @Override
  public void close() {
    kill();
  }

  private void readLines() {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
      }
    } catch (IOException e) {
      lines.add("(" + e + ")");
    } finally {
      lines.add(END);
    }
  }
}
