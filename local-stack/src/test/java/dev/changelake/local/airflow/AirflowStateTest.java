package dev.changelake.local.airflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changelake.local.ProcessMark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AirflowStateTest {
  private static final ProcessMark DEAD = new ProcessMark(Long.MAX_VALUE, "a start");

  @TempDir private Path folder;

  @Test
  void aStateIsReadAsItWasWritten() throws IOException {
    // given
    AirflowState state =
        new AirflowState(
            List.of(ProcessMark.of(ProcessHandle.current()).orElseThrow(), DEAD), 8080);

    // when
    state.write(folder.resolve("state"));

    // then
    assertThat(AirflowState.read(folder.resolve("state"))).contains(state);
    assertThat(state.alive()).containsExactly(ProcessHandle.current());
  }

  @Test
  void aLaterProcessWithTheSameIdIsAnother() {
    // given
    ProcessMark earlier = new ProcessMark(ProcessHandle.current().pid(), "an earlier start");

    // then
    assertThat(new AirflowState(List.of(earlier), 8080).alive()).isEmpty();
  }

  @Test
  void noStateIsNone() throws IOException {
    assertThat(AirflowState.read(folder.resolve("none"))).isEmpty();
  }
}
