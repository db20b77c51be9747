package dev.changelake.capture.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.changelake.capture.source.ReplicationSlot;
import dev.changelake.capture.topic.CapturePhase;
import dev.changelake.capture.topic.CaptureProgress;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class StartingPointTest {
  private static final Optional<ReplicationSlot> FREE =
      Optional.of(new ReplicationSlot("changelake_b2b", Optional.empty(), true, false));
  private static final Optional<ReplicationSlot> LOST =
      Optional.of(new ReplicationSlot("changelake_b2b", Optional.empty(), true, true));
  private static final CaptureProgress NOTHING =
      new CaptureProgress(Optional.empty(), Optional.empty(), false);

  @Test
  void the_first_capture_takes_a_snapshot() {
    assertThat(StartingPoint.decide(NOTHING, Optional.empty(), false, false))
        .isEqualTo(StartingPoint.SNAPSHOT);
  }

  @Test
  void topics_of_another_source_are_not_captured_into() {
    assertThatThrownBy(() -> StartingPoint.decide(NOTHING, Optional.empty(), true, false))
        .isInstanceOfSatisfying(
            ChangelakeException.class,
            refused -> {
              assertThat(refused.category()).isEqualTo(ErrorCategory.SOURCE);
              assertThat(refused.retryable()).isFalse();
              assertThat(refused).hasMessageContaining("no capture of this database has published");
            });
  }

  @Test
  void a_snapshot_that_was_killed_is_taken_again_whatever_there_is() {
    // A position in the log may be there before the phase says so, and the other way round.
    assertThat(StartingPoint.decide(at(CapturePhase.SNAPSHOT, true), FREE, true, false))
        .isEqualTo(StartingPoint.SNAPSHOT);
    assertThat(StartingPoint.decide(at(CapturePhase.STREAMING, false), FREE, true, false))
        .isEqualTo(StartingPoint.SNAPSHOT);
    assertThat(
            StartingPoint.decide(at(CapturePhase.SNAPSHOT, false), Optional.empty(), true, false))
        .isEqualTo(StartingPoint.SNAPSHOT);
  }

  @Test
  void after_a_whole_snapshot_the_log_goes_on() {
    assertThat(StartingPoint.decide(at(CapturePhase.STREAMING, true), FREE, true, false))
        .isEqualTo(StartingPoint.LOG);
  }

  @Test
  void a_gap_in_the_log_is_the_users_to_decide() {
    CaptureProgress progress = at(CapturePhase.STREAMING, true);

    assertThatThrownBy(() -> StartingPoint.decide(progress, Optional.empty(), true, false))
        .hasMessageContaining("The replication slot is gone.");
    assertThatThrownBy(() -> StartingPoint.decide(progress, LOST, true, false))
        .hasMessageContaining("max_slot_wal_keep_size");
    assertThat(StartingPoint.decide(progress, LOST, true, true)).isEqualTo(StartingPoint.SNAPSHOT);
  }

  private static CaptureProgress at(CapturePhase phase, boolean streams) {
    return new CaptureProgress(Optional.of(phase), Optional.of(new byte[] {1}), streams);
  }
}
