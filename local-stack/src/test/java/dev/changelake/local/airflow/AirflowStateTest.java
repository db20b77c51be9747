package dev.changelake.local.airflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changelake.local.ProcessMark;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AirflowStateTest {
  @TempDir private Path folder;

  @Test
  void aStateIsReadAsItWasWritten() throws IOException {
    // given
    AirflowState state = new AirflowState(ProcessMark.of(ProcessHandle.current()), 8080);

    // when
    state.write(folder.resolve("state"));

    // then
    assertThat(AirflowState.read(folder.resolve("state"))).contains(state);
    assertThat(state.alive()).contains(ProcessHandle.current());
  }

  @Test
  void aLaterProcessWithTheSameIdIsAnother() {
    // given
    ProcessMark earlier = new ProcessMark(ProcessHandle.current().pid(), Instant.EPOCH);

    // then
    assertThat(new AirflowState(earlier, 8080).alive()).isEmpty();
  }

  @Test
  void noStateIsNone() throws IOException {
    assertThat(AirflowState.read(folder.resolve("none"))).isEmpty();
  }
}
