package dev.changelake.compact.order;

import static dev.changelake.compact.order.Changes.cells;
import static dev.changelake.compact.order.Changes.delete;
import static dev.changelake.compact.order.Changes.in;
import static dev.changelake.compact.order.Changes.read;
import static dev.changelake.compact.order.Changes.tombstone;
import static dev.changelake.compact.order.Changes.unreadable;
import static dev.changelake.compact.order.Changes.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.changelake.contract.UnavailablePolicy;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PartitionMergeTest {
  @Test
  void betweenPartitionsTheLsnDecides() {
    // given: the key moved from partition 1 to partition 0
    List<KeyChange> changes =
        List.of(
            in(0, write(0, 30L, 1L, 3, "newest")),
            in(1, write(7, 10L, 1L, 1, "oldest")),
            in(1, write(8, 20L, 1L, 2, "older")));
    // when, then
    assertThat(cells(fold(changes))).containsExactly(1L, 3, "newest");
  }

  @Test
  void leftOutValueIsThatOfTheOtherPartition() {
    List<KeyChange> changes =
        List.of(
            in(0, write(0, 30L, 1L, 3, Changes.LEFT_OUT)), in(1, write(7, 20L, 1L, 1, "older")));
    assertThat(cells(fold(changes))).containsExactly(1L, 3, "older");
  }

  @Test
  void tombstoneStaysWithItsDelete() {
    List<KeyChange> changes =
        List.of(
            in(0, write(0, 30L, 1L, 3, "inserted again")),
            in(1, delete(7, 20L)),
            in(1, tombstone(8)));
    assertThat(cells(fold(changes))).containsExactly(1L, 3, "inserted again");
  }

  @Test
  void recordWithoutPositionStandsBehindTheOneBeforeIt() {
    // given: the snapshot's row follows lsn 30, and all of the other partition lies below
    List<KeyChange> changes =
        List.of(
            in(0, write(0, 30L, 1L, 3, "a")),
            in(0, read(1, null, 1L, 4, "read")),
            in(1, write(7, 20L, 1L, 2, "older")));
    assertThat(cells(fold(changes))).containsExactly(1L, 4, "read");
  }

  @Test
  void recordWithoutPositionThatMayStandOnEitherSideIsUndecided() {
    List<KeyChange> changes =
        List.of(in(0, read(0, null, 1L, 4, "read")), in(1, write(7, 20L, 1L, 2, "written")));
    KeyResult result = fold(changes);
    assertThat(result.winner()).isEmpty();
    assertThat(result.counts().undecided()).isEqualTo(2);
    assertThat(result.counts().stoppedAt()).contains(new Place("topic", 0, 0));
  }

  @Test
  void loneTombstonesOfTwoPartitionsAreUndecidedOnlyIfSomethingLiesBetween() {
    KeyChange first = in(0, tombstone(0));
    KeyChange second = in(1, tombstone(0));
    assertThat(fold(List.of(first, second)).counts().undecided()).isEqualTo(2);
    assertThat(PartitionMerge.of(List.of(first))).isPresent();
  }

  @Test
  void unreadableRecordIsOrderedAsTheOthers() {
    List<KeyChange> changes =
        List.of(
            in(0, write(0, 30L, 1L, 3, Changes.LEFT_OUT)),
            in(1, write(7, 10L, 1L, 1, "known")),
            in(1, unreadable(8, 20L)));
    KeyResult result = fold(changes);
    assertThat(cells(result)).containsExactly(1L, 1, "known");
    assertThat(result.counts().unresolved()).isEqualTo(1);
  }

  @Test
  void replayInTheOtherPartitionIsCountedAsOne() {
    // given: after the move a restart sent the last record once more
    List<KeyChange> changes =
        List.of(
            in(0, write(0, 20L, 1L, 2, "older")),
            in(0, write(1, 30L, 1L, 3, "newest")),
            in(1, write(7, 10L, 1L, 1, "oldest")),
            in(1, write(8, 20L, 1L, 2, "older")));
    KeyResult result = fold(changes);
    assertThat(cells(result)).containsExactly(1L, 3, "newest");
    assertThat(result.counts().superseded() + result.counts().replays()).isEqualTo(3);
  }

  private static KeyResult fold(List<KeyChange> changes) {
    return new NewestState(Changes.COLUMNS, Set.of(0, 1), UnavailablePolicy.QUARANTINE, Set.of())
        .fold(StoredKey.NONE, changes.iterator(), true);
  }
}
