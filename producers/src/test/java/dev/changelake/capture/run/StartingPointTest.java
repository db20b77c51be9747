package dev.changelake.capture.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.changelake.capture.source.ReplicationSlot;
import dev.changelake.capture.topic.Begun;
import dev.changelake.capture.topic.CapturePhase;
import dev.changelake.capture.topic.CaptureProgress;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class StartingPointTest {
  private static final Begun ASKED =
      new Begun(CapturePhase.SNAPSHOT, "7/b2b", "s", Set.of("public.a", "public.b"), "none");
  private static final Optional<ReplicationSlot> NO_SLOT = Optional.empty();
  private static final CaptureProgress NOTHING =
      new CaptureProgress(Optional.empty(), Optional.empty(), OptionalLong.empty());

  @Test
  void the_first_capture_takes_a_snapshot() {
    assertThat(StartingPoint.decide(ASKED, NOTHING, NO_SLOT, false, false))
        .isEqualTo(StartingPoint.SNAPSHOT);
  }

  @Test
  void what_is_somebody_elses_is_left_alone() {
    assertThatThrownBy(() -> StartingPoint.decide(ASKED, NOTHING, NO_SLOT, true, false))
        .isInstanceOfSatisfying(
            ChangelakeException.class,
            refused -> {
              assertThat(refused.category()).isEqualTo(ErrorCategory.SOURCE);
              assertThat(refused.retryable()).isFalse();
              assertThat(refused).hasMessageContaining("no capture of this database has published");
            });
    assertThatThrownBy(() -> StartingPoint.decide(ASKED, NOTHING, slot(1), false, false))
        .hasMessageContaining("it is not this capture's");
    assertThatThrownBy(() -> StartingPoint.decide(ASKED, NOTHING, slot(1), true, true))
        .hasMessageContaining("it is not this capture's");
    assertThat(StartingPoint.decide(ASKED, NOTHING, NO_SLOT, true, true))
        .isEqualTo(StartingPoint.SNAPSHOT);
  }

  @Test
  void a_snapshot_that_was_killed_is_taken_again_whatever_there_is() {
    // A position in the log may be there before the phase says so, and the other way round.
    assertThat(StartingPoint.decide(ASKED, at(ASKED, OptionalLong.of(5)), slot(5), true, false))
        .isEqualTo(StartingPoint.SNAPSHOT);
    assertThat(
            StartingPoint.decide(
                ASKED, at(streaming(), OptionalLong.empty()), slot(5), true, false))
        .isEqualTo(StartingPoint.SNAPSHOT);
    assertThat(StartingPoint.decide(ASKED, at(ASKED, OptionalLong.empty()), NO_SLOT, true, false))
        .isEqualTo(StartingPoint.SNAPSHOT);
  }

  @Test
  void after_a_whole_snapshot_the_log_goes_on() {
    assertThat(StartingPoint.decide(ASKED, captured(), slot(5), true, false))
        .isEqualTo(StartingPoint.LOG);
    assertThat(StartingPoint.decide(ASKED, captured(), slot(3), true, false))
        .isEqualTo(StartingPoint.LOG);
    assertThat(StartingPoint.decide(ASKED, captured(), slot(5), true, true))
        .isEqualTo(StartingPoint.SNAPSHOT);
  }

  @Test
  void a_gap_in_the_log_is_the_users_to_decide() {
    Optional<ReplicationSlot> lost =
        Optional.of(new ReplicationSlot("s", Optional.empty(), OptionalLong.of(1), true));

    assertThatThrownBy(() -> StartingPoint.decide(ASKED, captured(), NO_SLOT, true, false))
        .hasMessageContaining("The replication slot is gone.");
    assertThatThrownBy(() -> StartingPoint.decide(ASKED, captured(), lost, true, false))
        .hasMessageContaining("max_slot_wal_keep_size");
    assertThatThrownBy(() -> StartingPoint.decide(ASKED, captured(), slot(6), true, false))
        .hasMessageContaining("somebody else has read it, or made it anew");
    assertThat(StartingPoint.decide(ASKED, captured(), lost, true, true))
        .isEqualTo(StartingPoint.SNAPSHOT);
  }

  @Test
  void a_slot_of_another_name_is_not_taken_over() {
    Begun renamed = new Begun(CapturePhase.SNAPSHOT, "7/b2b", "t", ASKED.tables(), "none");

    assertThatThrownBy(() -> StartingPoint.decide(renamed, captured(), slot(5), true, false))
        .hasMessageContaining("a replication slot t already, and it is not this capture's");
    assertThatThrownBy(() -> StartingPoint.decide(renamed, captured(), slot(5), true, true))
        .hasMessageContaining("it is not this capture's");
    assertThatThrownBy(() -> StartingPoint.decide(renamed, captured(), NO_SLOT, true, false))
        .hasMessageContaining("The replication slot is gone.");
    assertThat(StartingPoint.decide(renamed, captured(), NO_SLOT, true, true))
        .isEqualTo(StartingPoint.SNAPSHOT);
  }

  @Test
  void another_database_is_never_captured_into_the_same_topics() {
    Begun other = new Begun(CapturePhase.SNAPSHOT, "8/b2b", "s", ASKED.tables(), "none");

    assertThatThrownBy(() -> StartingPoint.decide(other, captured(), slot(5), true, false))
        .hasMessageContaining("the log of another database");
    assertThatThrownBy(() -> StartingPoint.decide(other, captured(), slot(5), true, true))
        .hasMessageContaining("the log of another database");
  }

  @Test
  void tables_that_came_later_and_another_form_of_keys_need_a_snapshot() {
    Begun more =
        new Begun(CapturePhase.SNAPSHOT, "7/b2b", "s", Set.of("public.a", "public.c"), "none");
    Begun inline = new Begun(CapturePhase.SNAPSHOT, "7/b2b", "s", ASKED.tables(), "inline");

    assertThatThrownBy(() -> StartingPoint.decide(more, captured(), slot(5), true, false))
        .hasMessageContaining("Rows of public.c were never captured.");
    assertThatThrownBy(() -> StartingPoint.decide(inline, captured(), slot(5), true, false))
        .hasMessageContaining("--schema none until now");
    assertThat(StartingPoint.decide(inline, captured(), slot(5), true, true))
        .isEqualTo(StartingPoint.SNAPSHOT);
  }

  private static Begun streaming() {
    return ASKED.in(CapturePhase.STREAMING);
  }

  private static CaptureProgress captured() {
    return at(streaming(), OptionalLong.of(5));
  }

  private static CaptureProgress at(Begun begun, OptionalLong position) {
    return new CaptureProgress(Optional.of(begun), Optional.of(new byte[] {1}), position);
  }

  private static Optional<ReplicationSlot> slot(long confirmed) {
    return Optional.of(
        new ReplicationSlot("s", Optional.empty(), OptionalLong.of(confirmed), false));
  }
}
