package dev.changelake.local.airflow;

import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import dev.changelake.local.PrivateFile;
import dev.changelake.local.StackLock;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The project's own virtual environment, made of the locked requirements and of nothing else. */
final class PythonEnvironment {
  private static final Duration OTHER_SETUP_LIMIT = Duration.ofMinutes(15);
  private static final int LAST_LINES = 15;

  private final AirflowProject project;
  private final PythonFinder finder;
  private final PrintStream progress;

  PythonEnvironment(AirflowProject project, PythonFinder finder, PrintStream progress) {
    this.project = project;
    this.finder = finder;
    this.progress = progress;
  }

  /**
   * Makes the environment, or finds that it is made of these very requirements.
   *
   * @return whether anything was done
   */
  boolean setUp() throws IOException, InterruptedException {
    StackLock lock =
        StackLock.acquire(project.environmentLock(), OTHER_SETUP_LIMIT)
            .orElseThrow(
                () ->
                    new ChangelakeException(
                        ErrorCategory.USAGE,
                        "The environment of %s is busy.".formatted(project.folder()),
                        "Another command has been setting it up for %d minutes."
                            .formatted(OTHER_SETUP_LIMIT.toMinutes()),
                        "End that command, then try again."));
    try {
      if (isCurrent()) {
        return false;
      }
      make();
      return true;
    } finally {
      lock.close();
    }
  }

  private boolean isCurrent() throws IOException {
    return Files.exists(stamp()) && Files.readString(stamp()).equals(fingerprint());
  }

  private void make() throws IOException, InterruptedException {
    PythonFinder.Python python = finder.find();
    // A setup that was killed leaves no stamp, and is made anew.
    Files.deleteIfExists(stamp());
    progress.printf("making %s with Python %s%n", project.environment(), python.version());
    run(python.program(), "-m", "venv", "--clear", project.environment().toString());
    progress.println("fetching Airflow and its providers: 0.6 GB on disk");
    String own = project.program("python").toString();
    String[] pip = {own, "-m", "pip", "install", "--disable-pip-version-check"};
    install(List.of(project.installer()), pip);
    try {
      install(
          project.requirements(),
          project.program("uv").toString(),
          "pip",
          "install",
          "--python",
          own);
    } catch (ChangelakeException e) {
      // uv reads no pip.conf, where a mirror of the package index may stand.
      progress.println("uv could not fetch all; trying pip, which takes longer");
      install(project.requirements(), pip);
    }
    PrivateFile.write(stamp(), fingerprint());
  }

  private static void install(List<Path> requirements, String... program)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(List.of("--quiet", "--require-hashes"));
    requirements.forEach(file -> command.addAll(List.of("--requirement", file.toString())));
    run(command.toArray(String[]::new));
  }

  private Path stamp() {
    return project.environment().resolve("changelake.sha256");
  }

  private String fingerprint() throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      // Its programs name it by its full path.
      digest.update(project.environment().toString().getBytes(StandardCharsets.UTF_8));
      digest.update(Files.readAllBytes(project.installer()));
      for (Path file : project.requirements()) {
        digest.update(Files.readAllBytes(file));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK knows SHA-256", e);
    }
  }

  private static void run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    List<String> output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    if (process.waitFor() != 0) {
      throw new ChangelakeException(
          ErrorCategory.SOURCE,
          "Airflow's environment could not be made.",
          "`%s` says:\n    %s"
              .formatted(
                  Path.of(command[0]).getFileName(),
                  String.join(
                      "\n    ",
                      output.subList(Math.max(0, output.size() - LAST_LINES), output.size()))),
          "Check that the Python package index is reached (pip's and uv's own settings name"
              + " another one), then run the command again.");
    }
  }
}
