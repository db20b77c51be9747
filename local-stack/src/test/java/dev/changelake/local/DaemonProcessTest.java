package dev.changelake.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DaemonProcessTest {
  @TempDir private Path folder;

  @Test
  void setsidGivesTheDaemonASessionOfItsOwn() throws Exception {
    // given
    Path setsid = Files.createFile(folder.resolve("setsid"));
    assertThat(setsid.toFile().setExecutable(true)).isTrue();

    // when
    var command = DaemonProcess.detached("/nowhere:" + folder);

    // then
    assertThat(command).containsExactly(setsid.toString());
  }

  @Test
  void withoutSetsidTheSignalsOfATerminalAreIgnored() {
    // when
    var command = DaemonProcess.detached("/nowhere");

    // then
    assertThat(command).containsExactly("/bin/sh", "-c", "trap '' HUP INT QUIT; exec \"$@\"", "sh");
  }
}
