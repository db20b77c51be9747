package dev.changelake.capture.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.changelake.capture.source.ReplicationSlot;
import dev.changelake.capture.source.ServerLog;
import dev.changelake.capture.topic.Begun;
import dev.changelake.capture.topic.CapturePhase;
import dev.changelake.capture.topic.CaptureProgress;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class StartingPointTest {
  private static final Map<String, String> RELATIONS =
      Map.of("public.a", "1/2/9", "public.b", "3/4/9");
  private static final ServerLog LOG = new ServerLog(1, 1000, Optional.of(""));
  private static final Begun ASKED =
      new Begun(
          CapturePhase.SNAPSHOT,
          "7/b2b",
          "s",
          Set.of("public.a", "public.b"),
          "none",
          RELATIONS,
          1);
  private static final Optional<ReplicationSlot> NO_SLOT = Optional.empty();
  private static final CaptureProgress NOTHING =
      new CaptureProgress(Optional.empty(), Optional.empty(), OptionalLong.empty());

  @Test
  void the_first_capture_takes_a_snapshot() {
    assertThat(StartingPoint.decide(ASKED, NOTHING, NO_SLOT, LOG, false, false))
        .isEqualTo(StartingPoint.SNAPSHOT);
  }

  @Test
  void what_is_somebody_elses_is_left_alone() {
    assertThatThrownBy(() -> StartingPoint.decide(ASKED, NOTHING, NO_SLOT, LOG, true, false))
        .isInstanceOfSatisfying(
            ChangelakeException.class,
            refused -> {
              assertThat(refused.category()).isEqualTo(ErrorCategory.SOURCE);
              assertThat(refused.retryable()).isFalse();
              assertThat(refused).hasMessageContaining("no capture of this database has published");
            });
    assertThatThrownBy(() -> StartingPoint.decide(ASKED, NOTHING, slot(1), LOG, false, false))
        .hasMessageContaining("it is not this capture's");
    assertThatThrownBy(() -> StartingPoint.decide(ASKED, NOTHING, slot(1), LOG, true, true))
        .hasMessageContaining("it is not this capture's");
    assertThat(StartingPoint.decide(ASKED, NOTHING, NO_SLOT, LOG, true, true))
        .isEqualTo(StartingPoint.SNAPSHOT);
  }

  @Test
  void a_snapshot_that_was_killed_is_taken_again_whatever_there_is() {
    // A position in the log may be there before the phase says so, and the other way round.
    assertThat(
            StartingPoint.decide(ASKED, at(ASKED, OptionalLong.of(5)), slot(5), LOG, true, false))
        .isEqualTo(StartingPoint.SNAPSHOT);
    assertThat(
            StartingPoint.decide(
                ASKED, at(streaming(), OptionalLong.empty()), slot(5), LOG, true, false))
        .isEqualTo(StartingPoint.SNAPSHOT);
    assertThat(
            StartingPoint.decide(ASKED, at(ASKED, OptionalLong.empty()), NO_SLOT, LOG, true, false))
        .isEqualTo(StartingPoint.SNAPSHOT);
  }

  @Test
  void after_a_whole_snapshot_the_log_goes_on() {
    assertThat(StartingPoint.decide(ASKED, captured(), slot(5), LOG, true, false))
        .isEqualTo(StartingPoint.LOG);
    assertThat(StartingPoint.decide(ASKED, captured(), slot(3), LOG, true, false))
        .isEqualTo(StartingPoint.LOG);
    assertThat(StartingPoint.decide(ASKED, captured(), slot(5), LOG, true, true))
        .isEqualTo(StartingPoint.SNAPSHOT);
  }

  @Test
  void a_gap_in_the_log_is_the_users_to_decide() {
    Optional<ReplicationSlot> lost =
        Optional.of(new ReplicationSlot("s", Optional.empty(), OptionalLong.of(1), true));

    assertThatThrownBy(() -> StartingPoint.decide(ASKED, captured(), NO_SLOT, LOG, true, false))
        .hasMessageContaining("The replication slot is gone.");
    assertThatThrownBy(() -> StartingPoint.decide(ASKED, captured(), lost, LOG, true, false))
        .hasMessageContaining("max_slot_wal_keep_size");
    assertThatThrownBy(() -> StartingPoint.decide(ASKED, captured(), slot(6), LOG, true, false))
        .hasMessageContaining("somebody else has read it, or made it anew");
    assertThat(StartingPoint.decide(ASKED, captured(), lost, LOG, true, true))
        .isEqualTo(StartingPoint.SNAPSHOT);
  }

  @Test
  void a_slot_of_another_name_is_not_taken_over() {
    Begun renamed =
        new Begun(CapturePhase.SNAPSHOT, "7/b2b", "t", ASKED.tables(), "none", RELATIONS, 1);

    assertThatThrownBy(() -> StartingPoint.decide(renamed, captured(), slot(5), LOG, true, false))
        .hasMessageContaining("a replication slot t already, and it is not this capture's");
    assertThatThrownBy(() -> StartingPoint.decide(renamed, captured(), slot(5), LOG, true, true))
        .hasMessageContaining("it is not this capture's");
    assertThatThrownBy(() -> StartingPoint.decide(renamed, captured(), NO_SLOT, LOG, true, false))
        .hasMessageContaining("The replication slot is gone.");
    assertThat(StartingPoint.decide(renamed, captured(), NO_SLOT, LOG, true, true))
        .isEqualTo(StartingPoint.SNAPSHOT);
  }

  @Test
  void another_database_is_never_captured_into_the_same_topics() {
    Begun other =
        new Begun(CapturePhase.SNAPSHOT, "8/b2b", "s", ASKED.tables(), "none", RELATIONS, 1);

    assertThatThrownBy(() -> StartingPoint.decide(other, captured(), slot(5), LOG, true, false))
        .hasMessageContaining("the log of another database");
    assertThatThrownBy(() -> StartingPoint.decide(other, captured(), slot(5), LOG, true, true))
        .hasMessageContaining("the log of another database");
  }

  @Test
  void tables_that_came_later_and_another_form_of_keys_need_a_snapshot() {
    Begun more =
        new Begun(
            CapturePhase.SNAPSHOT,
            "7/b2b",
            "s",
            Set.of("public.a", "public.c"),
            "none",
            RELATIONS,
            1);
    Begun inline =
        new Begun(CapturePhase.SNAPSHOT, "7/b2b", "s", ASKED.tables(), "inline", RELATIONS, 1);

    assertThatThrownBy(() -> StartingPoint.decide(more, captured(), slot(5), LOG, true, false))
        .hasMessageContaining("Rows of public.c were never captured.");
    assertThatThrownBy(() -> StartingPoint.decide(inline, captured(), slot(5), LOG, true, false))
        .hasMessageContaining("--schema none until now");
    assertThat(StartingPoint.decide(inline, captured(), slot(5), LOG, true, true))
        .isEqualTo(StartingPoint.SNAPSHOT);
  }

  @Test
  void a_table_that_is_another_one_by_now_is_not_gone_on_with() {
    // a was made again; b was taken out of the publication and put back
    Begun other =
        new Begun(
            CapturePhase.SNAPSHOT,
            "7/b2b",
            "s",
            ASKED.tables(),
            "none",
            Map.of("public.a", "7/8/9", "public.b", "3/5/9"),
            1);

    assertThatThrownBy(() -> StartingPoint.decide(other, captured(), slot(5), LOG, true, false))
        .hasMessageContaining("public.a, public.b are not what was captured.")
        .hasMessageContaining("--snapshot-again");
    assertThat(StartingPoint.decide(other, captured(), slot(5), LOG, true, true))
        .isEqualTo(StartingPoint.SNAPSHOT);
  }

  @Test
  void what_an_earlier_version_began_goes_on_and_is_known_better_from_then_on() {
    Begun old =
        new Begun(
            CapturePhase.STREAMING,
            "7/b2b",
            "s",
            Set.of("public.a", "public.b", "public.gone"),
            "none",
            null,
            0);

    assertThat(StartingPoint.decide(ASKED, at(old, OptionalLong.of(5)), slot(5), LOG, true, false))
        .isEqualTo(StartingPoint.LOG);
    assertThat(ASKED.goingOn(old))
        .isEqualTo(
            new Begun(CapturePhase.STREAMING, "7/b2b", "s", old.tables(), "none", RELATIONS, 1));
  }

  @Test
  void a_failover_that_lost_commits_is_the_users_to_decide() {
    String left4 = "1\t0/4\tno recovery target specified\n";
    String left5 = "1\t0/5\tno recovery target specified\n2\t0/FF\tno recovery target specified\n";

    assertThatThrownBy(() -> decideWith(new ServerLog(1, 4, Optional.of(""))))
        .hasMessageContaining("It ends at 0/4, and 0/5 was captured");
    assertThatThrownBy(() -> decideWith(new ServerLog(2, 1000, Optional.of(left4))))
        .hasMessageContaining("It left the earlier timeline at 0/4, and 0/5 was captured");
    assertThatThrownBy(() -> decideWith(new ServerLog(2, 1000, Optional.empty())))
        .hasMessageContaining("this user may not read the history");
    assertThatThrownBy(() -> decideWith(new ServerLog(3, 1000, Optional.of("2\t0/9\tx\n"))))
        .hasMessageContaining("it does not lead there");
    assertThat(decideWith(new ServerLog(3, 1000, Optional.of(left5)))).isEqualTo(StartingPoint.LOG);
  }

  private static StartingPoint decideWith(ServerLog log) {
    return StartingPoint.decide(ASKED, captured(), slot(5), log, true, false);
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
