package dev.changelake.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalMainTest {
  @TempDir private Path folder;

  @Test
  void badUsageIsTwo() {
    assertThat(LocalMain.run("sideways")).isEqualTo(2);
    assertThat(LocalMain.run("up", "--port", "1")).isEqualTo(2);
    assertThat(LocalMain.run()).isEqualTo(2);
  }

  @Test
  void aRefusedFolderIsTwo() {
    assertThat(LocalMain.run("up", "--dir", folder.resolve("a,b").toString())).isEqualTo(2);
  }

  @Test
  void statusIsTenWhenNothingRuns() {
    assertThat(LocalMain.run("status", "--dir", folder.toString())).isEqualTo(10);
    assertThat(LocalMain.run("--dir", folder.toString(), "status")).isEqualTo(10);
  }

  @Test
  void downIsZeroWhenNothingRuns() {
    assertThat(LocalMain.run("down", "--dir", folder.toString())).isZero();
  }
}
