package dev.changelake.local.airflow;

import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The repository's {@code airflow} folder. */
record AirflowProject(Path launcher, Path folder) {
  /** Set by the launcher, {@code bin/changelake}: where it lies. */
  static final String LAUNCHER_VARIABLE = "CHANGELAKE_LAUNCHER";

  /**
   * The project that the launcher belongs to.
   *
   * @throws ChangelakeException of category usage if it has no airflow folder
   */
  static AirflowProject of(Map<String, String> environment) {
    Path launcher =
        Optional.ofNullable(environment.get(LAUNCHER_VARIABLE))
            .map(Path::of)
            .orElseThrow(() -> new IllegalStateException("Not started by bin/changelake"));
    Path folder = launcher.toAbsolutePath().getParent().resolveSibling("airflow");
    AirflowProject project = new AirflowProject(launcher, folder);
    if (!Files.isDirectory(project.dags())) {
      throw new ChangelakeException(
          ErrorCategory.USAGE,
          "There is no DAG folder at %s.".formatted(project.dags()),
          "The DAGs come with Changelake's repository.",
          "Run bin/changelake of a whole checkout.");
    }
    return project;
  }

  Path dags() {
    return folder.resolve("dags");
  }

  Path pools() {
    return folder.resolve("config/pools.json");
  }

  Path environment() {
    return folder.resolve(".venv");
  }

  Path environmentLock() {
    return folder.resolve(".venv.lock");
  }

  /** What installs the others. */
  Path installer() {
    return folder.resolve("requirements-installer.txt");
  }

  /** What the DAGs run on, and what checks them. */
  List<Path> requirements() {
    return List.of(folder.resolve("requirements.txt"), folder.resolve("requirements-dev.txt"));
  }

  /** A program of the environment. */
  Path program(String name) {
    return environment().resolve("bin").resolve(name);
  }
}
