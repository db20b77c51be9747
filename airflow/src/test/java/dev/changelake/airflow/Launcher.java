package dev.changelake.airflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.changelake.compact.stack.TestStack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** {@code bin/changelake} and the programs of Airflow's environment, as users start them. */
final class Launcher {
  /** No Python; no package index. */
  private static final List<Integer> MAY_BE_MISSING = List.of(2, 10);

  private final Map<String, String> environment = new HashMap<>();

  Launcher with(String name, String value) {
    environment.put(name, value);
    return this;
  }

  record Ended(int exitCode, String output) {
    Ended requireSuccess() {
      assertThat(exitCode).as(output).isZero();
      return this;
    }
  }

  /**
   * Makes Airflow's environment.
   *
   * <p>Where it cannot be made, for want of a Python or of a package index, the tests that need it
   * are left out, loudly; continuous integration fails instead.
   */
  Launcher requireAirflow() {
    Ended setup = changelake("airflow", "setup");
    if (setup.exitCode() == 0) {
      return this;
    }
    String loudly =
        """

        ****************************************************************************
        *  THE AIRFLOW TESTS DID NOT RUN: there is no environment to run them in.  *
        ****************************************************************************
        """
            + setup.output();
    if ("true".equals(System.getenv("CI")) || !MAY_BE_MISSING.contains(setup.exitCode())) {
      return fail(loudly);
    }
    System.err.println(loudly);
    return Assumptions.abort(loudly);
  }

  Ended changelake(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(TestStack.repository().resolve("bin/changelake").toString());
    command.addAll(List.of(arguments));
    return run(TestStack.repository(), command);
  }

  /** Runs a program of Airflow's environment in the DAG project's folder. */
  Ended program(String name, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(folder().resolve(".venv/bin").resolve(name).toString());
    command.addAll(List.of(arguments));
    return run(folder(), command);
  }

  /** Processes whose command line contains the text; Java's own view of it ends at 4096 bytes. */
  static List<ProcessHandle> processesWith(String text) {
    return new Launcher()
        .run(folder(), List.of("ps", "-axww", "-o", "pid=,args="))
        .output()
        .lines()
        .filter(line -> line.contains(text))
        .map(line -> Long.parseLong(line.strip().split(" ", 2)[0]))
        .flatMap(pid -> ProcessHandle.of(pid).stream())
        .toList();
  }

  private static Path folder() {
    return TestStack.repository().resolve("airflow");
  }

  private Ended run(Path folder, List<String> command) {
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
      builder.environment().putAll(environment);
      // Every Python would read all sources anew.
      builder.environment().remove("PYTHONDONTWRITEBYTECODE");
      Process process = builder.start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Ended(process.waitFor(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
