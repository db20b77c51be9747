package dev.changelake.local.airflow;

import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds a Python that Airflow runs on. */
final class PythonFinder {
  /** Names a Python to use instead of those on the PATH. */
  static final String VARIABLE = "CHANGELAKE_PYTHON";

  private static final List<String> NAMES =
      List.of("python3.12", "python3.11", "python3.13", "python3.10", "python3");

  /** Prints the version if it fits and can make an environment; ends with an error if not. */
  private static final String QUESTION =
      "import sys, ensurepip, venv; v = sys.version_info[:2];"
          + " sys.exit(1) if not (3, 10) <= v <= (3, 13) else print('%d.%d' % v)";

  private final List<String> candidates;

  PythonFinder(Map<String, String> environment) {
    this.candidates =
        Optional.ofNullable(environment.get(VARIABLE))
            .filter(name -> !name.isEmpty())
            .map(List::of)
            .orElse(NAMES);
  }

  /** A Python, and its version. */
  record Python(String program, String version) {}

  /**
   * The first that fits.
   *
   * @throws ChangelakeException of category usage if there is none
   */
  Python find() throws InterruptedException {
    for (String candidate : candidates) {
      Optional<String> version = version(candidate);
      if (version.isPresent()) {
        return new Python(candidate, version.get());
      }
    }
    throw new ChangelakeException(
        ErrorCategory.USAGE,
        "There is no Python for Airflow.",
        "Airflow needs Python 3.10 to 3.13 with its venv module; tried: %s."
            .formatted(String.join(", ", candidates)),
        "Install one (Debian and Ubuntu: python3 and python3-venv), or name one by %s."
            .formatted(VARIABLE));
  }

  private static Optional<String> version(String program) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(program, "-c", QUESTION)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      process.getOutputStream().close();
      String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? Optional.of(answer.strip()) : Optional.empty();
    } catch (IOException e) {
      // There is no such program.
      return Optional.empty();
    }
  }
}
