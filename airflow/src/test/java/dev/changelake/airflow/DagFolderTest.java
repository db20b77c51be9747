package dev.changelake.airflow;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The DAG folder's own checks, by Python's tools; what they find is the failure's message. */
class DagFolderTest {
  private static Launcher launcher;

  @BeforeAll
  static void requireEnvironment() {
    launcher = new Launcher().requireAirflow();
  }

  @Test
  void ruffFindsNothing() {
    launcher.program("ruff", "check", "--no-cache", ".").requireSuccess();
  }

  @Test
  void ruffWouldFormatNothing() {
    launcher.program("ruff", "format", "--no-cache", "--check", ".").requireSuccess();
  }

  @Test
  void pytestPasses() {
    launcher.program("pytest", "-q").requireSuccess();
  }
}
