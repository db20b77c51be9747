package dev.changelake.capture.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Positions as Debezium 3.6 wrote them. */
final class CaptureProgressTest {
  private static final String PHASE = "[\"changelake\",{\"capture\":\"b2b\"}]";
  private static final String POSITION = "[\"changelake-capture-b2b\",{\"server\":\"b2b\"}]";

  @Test
  void an_empty_topic_is_that_of_a_capture_that_never_began() throws Exception {
    // when
    CaptureProgress progress = CaptureProgress.of(Map.of(), PHASE);

    // then
    assertThat(progress.phase()).isEmpty();
    assertThat(progress.positionKey()).isEmpty();
    assertThat(progress.streams()).isFalse();
  }

  @Test
  void a_position_within_a_snapshot_is_none_in_the_log() throws Exception {
    // when
    CaptureProgress progress =
        CaptureProgress.of(
            Map.of(
                PHASE,
                "{\"phase\":\"snapshot\"}",
                POSITION,
                "{\"last_snapshot_record\":false,\"lsn\":30618384,\"txId\":1404,"
                    + "\"ts_usec\":1795645146873010,\"snapshot\":\"INITIAL\",\"snapshot_completed\":false}"),
            PHASE);

    // then
    assertThat(progress.phase()).contains(CapturePhase.SNAPSHOT);
    assertThat(progress.positionKey().map(key -> new String(key, StandardCharsets.UTF_8)))
        .contains(POSITION);
    assertThat(progress.streams()).isFalse();
  }

  @Test
  void a_position_without_a_snapshot_is_one_in_the_log() throws Exception {
    // when
    CaptureProgress progress =
        CaptureProgress.of(
            Map.of(
                PHASE,
                "{\"phase\":\"streaming\"}",
                POSITION,
                "{\"lsn_proc\":30618496,\"messageType\":\"MESSAGE\",\"lsn_commit\":30618496,"
                    + "\"lsn\":30618496,\"ts_usec\":1795645146873010}"),
            PHASE);

    // then
    assertThat(progress.phase()).contains(CapturePhase.STREAMING);
    assertThat(progress.streams()).isTrue();
  }

  @Test
  void a_phase_that_is_not_known_is_not_guessed() {
    assertThatThrownBy(() -> CaptureProgress.of(Map.of(PHASE, "{\"phase\":\"later\"}"), PHASE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("later");
  }
}
