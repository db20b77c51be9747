package dev.changelake.compact.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JvmOptionsTest {
  @Test
  void anArgumentFileHoldsOptionsAlone(@TempDir Path folder) throws IOException {
    // given
    Path file = folder.resolve("jvm-options.txt");

    // when
    JvmOptions.main(new String[] {file.toString()});

    // then
    assertThat(file)
        .content()
        .contains("--add-opens=java.base/java.nio=ALL-UNNAMED\n")
        .doesNotContain("jdk.incubator.vector");
    assertThat(file.toFile()).content().matches("(-\\S+\n)+");
  }
}
