package dev.changelake.compact.order;

import static dev.changelake.compact.order.Changes.LEFT_OUT;
import static dev.changelake.compact.order.Changes.cells;
import static dev.changelake.compact.order.Changes.change;
import static dev.changelake.compact.order.Changes.delete;
import static dev.changelake.compact.order.Changes.read;
import static dev.changelake.compact.order.Changes.tombstone;
import static dev.changelake.compact.order.Changes.truncate;
import static dev.changelake.compact.order.Changes.unreadable;
import static dev.changelake.compact.order.Changes.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.changelake.contract.UnavailablePolicy;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NewestStateTest {
  private static final StoredKey STORED = StoredKey.of(10L, 10L, 1L, 7, "stored");

  @Test
  void laterOffsetWinsWhateverTheOperation() {
    // given: a key that is deleted and inserted again in one batch
    KeyResult result = fold(STORED, delete(5, 20L), tombstone(6), write(7, 30L, 1L, 8, "new"));
    // then
    assertThat(cells(result)).containsExactly(1L, 8, "new");
    assertThat(result.lsn()).isEqualTo(30L);
    assertThat(result.counts()).isEqualTo(new KeyCounts(1, 0, 1, 0, 0, 0, Optional.empty()));
  }

  @Test
  void replayChangesNothing() {
    KeyResult result = fold(STORED, write(5, 9L, 1L, 8, "older"));
    assertThat(result.winner()).isEmpty();
    assertThat(result.counts().replays()).isEqualTo(1);
  }

  @Test
  void replayOfADeletedRowDoesNotBringItBack() {
    StoredKey deleted = new StoredKey(0, 20L, 20L, false, null, false, Optional.empty());
    KeyResult result = fold(deleted, write(5, 19L, 1L, 8, "older"));
    assertThat(result.winner()).isEmpty();
    assertThat(result.counts().replays()).isEqualTo(1);
  }

  @Test
  void equalLsnIsDecidedByTheOffset() {
    KeyResult result = fold(STORED, read(5, 10L, 1L, 8, "a"), write(6, 10L, 1L, 9, "b"));
    assertThat(cells(result)).containsExactly(1L, 9, "b");
  }

  @Test
  void incrementalSnapshotIsAppliedWhereItStandsAndMovesNoPosition() {
    KeyResult result = fold(STORED, read(5, null, 1L, 8, "read"), write(6, 9L, 1L, 9, "older"));
    assertThat(cells(result)).containsExactly(1L, 8, "read");
    assertThat(result.lsn()).isEqualTo(10L);
    assertThat(result.counts().replays()).isEqualTo(1);
  }

  @Test
  void tombstoneWithoutItsDeleteDeletes() {
    KeyResult result = fold(STORED, write(5, 20L, 1L, 8, "a"), tombstone(6));
    assertThat(result.winner()).map(KeyChange::kind).contains(ChangeKind.TOMBSTONE);
    assertThat(result.row()).isEmpty();
    assertThat(result.lsn()).isEqualTo(20L);
  }

  @Test
  void lowerPositionThatCommittedLaterStopsTheBatch() {
    // given: lsn 5, committed at 99, after lsn 10, committed at 10
    KeyResult result = fold(STORED, change(ChangeKind.UPDATE, 0, 5, 0, 5L, 99L, 1L, 8, "restored"));
    assertThat(result.winner()).isEmpty();
    assertThat(result.counts().fellBack()).isEqualTo(1);
    assertThat(result.counts().stoppedAt()).contains(new Place("topic", 0, 5));
  }

  @Test
  void positionsOfANewEpochCountAnew() {
    KeyResult result =
        fold(
            STORED,
            change(ChangeKind.UPDATE, 0, 5, 1, 5L, 99L, 1L, 8, "restored"),
            change(ChangeKind.UPDATE, 0, 6, 1, 4L, 98L, 1L, 9, "a replay of the new epoch"));
    assertThat(cells(result)).containsExactly(1L, 8, "restored");
    assertThat(result.lsn()).isEqualTo(5L);
    assertThat(result.counts().replays()).isEqualTo(1);
  }

  @Test
  void recordWithoutPositionOpensAnEpochToo() {
    KeyResult result =
        fold(
            STORED,
            change(ChangeKind.READ, 0, 5, 1, null, 99L, 1L, 8, "read"),
            change(ChangeKind.UPDATE, 0, 6, 1, 3L, 100L, 1L, 9, "written"));
    assertThat(cells(result)).containsExactly(1L, 9, "written");
    assertThat(result.lsn()).isEqualTo(3L);
  }

  @Test
  void leftOutValueIsTheStoredOne() {
    KeyResult result = fold(STORED, write(5, 20L, 1L, 8, LEFT_OUT));
    assertThat(cells(result)).containsExactly(1L, 8, "stored");
    assertThat(result.row().orElseThrow().unknown()).isEmpty();
  }

  @Test
  void leftOutValueIsTheOneThatCameEarlierInTheBatch() {
    KeyResult result =
        fold(STORED, write(5, 20L, 1L, 8, "batch"), write(6, 30L, 1L, LEFT_OUT, LEFT_OUT));
    assertThat(cells(result)).containsExactly(1L, 8, "batch");
  }

  @Test
  void replayGivesNoLeftOutValue() {
    KeyResult result = fold(STORED, write(5, 9L, 1L, 8, "old"), write(6, 30L, 1L, 9, LEFT_OUT));
    assertThat(cells(result)).containsExactly(1L, 9, "stored");
  }

  @Test
  void leftOutValueThatNobodyKnowsIsNotApplied() {
    KeyResult result =
        fold(StoredKey.NONE, write(5, 20L, 1L, 8, LEFT_OUT), write(6, 30L, 1L, 9, LEFT_OUT));
    assertThat(result.winner()).isEmpty();
    assertThat(result.counts().unresolved()).isEqualTo(2);
  }

  @Test
  void cellsOfWhatIsNotAppliedAreKnownToLaterRecords() {
    // given: the first leaves the text out, the second the number
    KeyResult result =
        fold(StoredKey.NONE, write(5, 20L, 1L, 8, LEFT_OUT), write(6, 30L, 1L, LEFT_OUT, "new"));
    assertThat(cells(result)).containsExactly(1L, 8, "new");
    assertThat(result.counts().unresolved()).isEqualTo(1);
  }

  @Test
  void deletedRowGivesNoLeftOutValue() {
    KeyResult result = fold(STORED, delete(5, 20L), write(6, 30L, 1L, 9, LEFT_OUT));
    assertThat(result.winner()).map(KeyChange::kind).contains(ChangeKind.DELETE);
    assertThat(result.counts().unresolved()).isEqualTo(1);
  }

  @Test
  void insertHasNoEarlierValueOfItsKey() {
    // given: the second half of a changed key, whose row stood under another key
    KeyResult result = fold(STORED, change(ChangeKind.INSERT, 0, 5, 0, 20L, 20L, 1L, 8, LEFT_OUT));
    // then
    assertThat(result.winner()).isEmpty();
    assertThat(result.counts().unresolved()).isEqualTo(1);
  }

  @Test
  void afterWhatCannotBeReadNothingIsKnown() {
    KeyResult result = fold(STORED, unreadable(5, 20L), write(6, 30L, 1L, 9, LEFT_OUT));
    assertThat(result.winner()).isEmpty();
    assertThat(result.counts().unresolved()).isEqualTo(1);
  }

  @Test
  void unreadableReplayIsOfNoConcern() {
    KeyResult result = fold(STORED, unreadable(5, 9L), write(6, 30L, 1L, 9, LEFT_OUT));
    assertThat(cells(result)).containsExactly(1L, 9, "stored");
  }

  @Test
  void unreadableRecordOfAnEarlierBatchCountsToo() {
    StoredKey poisoned =
        new StoredKey(0, 10L, 10L, true, Image.of(1L, 7, "stored"), true, Optional.empty());
    KeyResult result = fold(poisoned, write(6, 30L, 1L, 9, LEFT_OUT));
    assertThat(result.winner()).isEmpty();
    assertThat(result.counts().unresolved()).isEqualTo(1);
  }

  @Test
  void policyKeepAppliesTheRowAndSaysWhatIsNotKnown() {
    KeyResult result = fold(UnavailablePolicy.KEEP, StoredKey.NONE, write(5, 20L, 1L, 8, LEFT_OUT));
    assertThat(cells(result)).containsExactly(1L, 8, null);
    assertThat(result.row().orElseThrow().unknown()).containsExactly(2);
  }

  @Test
  void policyKeepGivesNoNullToARequiredColumn() {
    KeyResult result =
        fold(UnavailablePolicy.KEEP, StoredKey.NONE, write(5, 20L, 1L, LEFT_OUT, "a"));
    assertThat(result.winner()).isEmpty();
    assertThat(result.counts().unresolved()).isEqualTo(1);
  }

  @Test
  void keptRowRemembersWhatIsNotKnown() {
    StoredKey kept =
        new StoredKey(
            0,
            10L,
            10L,
            true,
            new Image(new Object[] {1L, 7, null}, Set.of(2), Image.Membership.ROW),
            false,
            Optional.empty());
    KeyResult result = fold(UnavailablePolicy.KEEP, kept, write(5, 20L, 1L, 8, LEFT_OUT));
    assertThat(result.row().orElseThrow().unknown()).containsExactly(2);
  }

  @Test
  void truncateRemovesTheRowAndIsNoWinnerOfTheKey() {
    KeyResult result = fold(STORED, write(5, 20L, 1L, 8, "a"), truncate(6, 30L));
    assertThat(result.winner()).map(KeyChange::kind).contains(ChangeKind.TRUNCATE);
    assertThat(result.row()).isEmpty();
    assertThat(result.lsn()).isEqualTo(30L);
    assertThat(result.counts().superseded()).isEqualTo(1);
  }

  @Test
  void replayedTruncateLeavesNewerRows() {
    KeyResult result = fold(STORED, truncate(5, 9L));
    assertThat(result.winner()).isEmpty();
    assertThat(result.counts()).isEqualTo(new KeyCounts(0, 0, 0, 0, 0, 0, Optional.empty()));
  }

  private static KeyResult fold(StoredKey before, KeyChange... changes) {
    return fold(UnavailablePolicy.QUARANTINE, before, changes);
  }

  private static KeyResult fold(UnavailablePolicy policy, StoredKey before, KeyChange... changes) {
    List<KeyChange> all = Arrays.asList(changes);
    return new NewestState(Changes.COLUMNS, Set.of(0, 1), policy, Set.of())
        .fold(before, all.iterator(), false);
  }
}
