package dev.changelake.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ProcessMarkTest {
  @TempDir private Path folder;
  private Process process;

  @AfterEach
  void end() {
    if (process != null) {
      process.destroyForcibly();
    }
  }

  @Test
  void findsItsProcess() throws Exception {
    // given
    process = start("ordinary");

    // when
    ProcessMark mark = ProcessMark.of(process.toHandle()).orElseThrow();

    // then
    assertThat(mark.pid()).isEqualTo(process.pid());
    assertThat(mark.process()).contains(process.toHandle());
  }

  @Test
  void aProgramsNameDoesNotMatter() throws Exception {
    // given
    process = start("9) 8 (7 6");

    // when
    ProcessMark mark = ProcessMark.of(process.toHandle()).orElseThrow();

    // then
    assertThat(mark.process()).contains(process.toHandle());
    assertThat(mark.start()).isNotEqualTo(own().start());
  }

  @Test
  void findsNoProcessThatHasEnded() throws Exception {
    // given
    process = start("ending");
    ProcessMark mark = ProcessMark.of(process.toHandle()).orElseThrow();

    // when
    process.destroyForcibly().waitFor();

    // then
    assertThat(mark.process()).isEmpty();
    assertThat(ProcessMark.of(process.toHandle())).isEmpty();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void isNoTimeOfTheClockWhereThatMoves() {
    assertThat(own().start()).matches("[0-9a-f-]{36}/[0-9]+");
  }

  private static ProcessMark own() {
    return ProcessMark.of(ProcessHandle.current()).orElseThrow();
  }

  /** A process whose program has this name. */
  private Process start(String name) throws Exception {
    Path program = folder.resolve(name);
    Files.createSymbolicLink(program, Path.of("/bin/sleep"));
    return new ProcessBuilder(List.of(program.toString(), "600")).start();
  }
}
