package dev.changelake.local.airflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AirflowMainTest {
  @TempDir private Path folder;

  @Test
  void badUsageIsTwo() {
    assertThat(AirflowMain.run("sideways")).isEqualTo(2);
    assertThat(AirflowMain.run("up", "--port", "1")).isEqualTo(2);
    assertThat(AirflowMain.run()).isEqualTo(2);
  }

  @Test
  void statusIsTenWhenNothingRuns() {
    assertThat(AirflowMain.run("status", "--dir", folder.toString())).isEqualTo(10);
  }
}
