package dev.changelake.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DaemonStateTest {
  private static final ServiceDescription KAFKA =
      new ServiceDescription(ServiceKind.KAFKA, 9092, "kafka.log");
  private static final ServiceDescription S3 =
      new ServiceDescription(ServiceKind.S3, 9000, "s3.log");

  @TempDir private Path folder;

  @Test
  void isReadAsItWasWritten() throws Exception {
    // given
    Path file = folder.resolve("daemon.properties");
    DaemonState state = DaemonState.ofThisProcess(List.of(KAFKA, S3));

    // when
    state.write(file);

    // then
    assertThat(DaemonState.read(file)).contains(state);
    assertThat(state.service(ServiceKind.S3).orElseThrow().endpoint())
        .isEqualTo("http://127.0.0.1:9000");
    assertThat(state.isReady()).isTrue();
  }

  @Test
  void isAbsentWithoutAFile() throws Exception {
    assertThat(DaemonState.read(folder.resolve("missing"))).isEmpty();
  }

  @Test
  void aDaemonWithoutServicesIsNotReady() {
    assertThat(DaemonState.ofThisProcess(List.of()).isReady()).isFalse();
  }

  @Test
  void aServiceThatAnEarlierVersionHadNotIsSilent() {
    assertThat(DaemonState.ofThisProcess(List.of(KAFKA, S3)).silent())
        .contains(ServiceKind.POSTGRES);
  }

  @Test
  void theStateOfAVersionThatKeptTheClocksTimeNamesNoProcess() throws Exception {
    // given
    Path file = folder.resolve("daemon.properties");
    Files.writeString(
        file, "pid=%d%nstarted=2026-01-01T00:00:00Z%n".formatted(ProcessHandle.current().pid()));

    // then
    assertThat(DaemonState.read(file).orElseThrow().process()).isEmpty();
  }

  @Test
  void aProcessThatMerelyHasTheSameIdIsNotTheDaemon() {
    // given
    DaemonState own = DaemonState.ofThisProcess(List.of());

    // when
    DaemonState earlier = new DaemonState(new ProcessMark(own.pid(), "another start"), List.of());

    // then
    assertThat(own.process()).contains(ProcessHandle.current());
    assertThat(earlier.process()).isEmpty();
  }
}
