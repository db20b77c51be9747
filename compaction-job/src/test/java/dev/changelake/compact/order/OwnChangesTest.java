package dev.changelake.compact.order;

import static dev.changelake.compact.order.Changes.cells;
import static dev.changelake.compact.order.Changes.change;
import static dev.changelake.compact.order.Changes.delete;
import static dev.changelake.compact.order.Changes.in;
import static dev.changelake.compact.order.Changes.tombstone;
import static dev.changelake.compact.order.Changes.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.changelake.contract.UnavailablePolicy;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OwnChangesTest {
  private static final StoredKey STORED = StoredKey.of(10L, 10L, 1L, 7, "stored");

  @Test
  void tombstoneOfAnothersDeleteLeavesTheRow() {
    KeyResult result = fold(other(5), write(6, 20L, 1L, 8, "own"), tombstone(7));
    assertThat(cells(result)).containsExactly(1L, 8, "own");
    assertThat(result.counts().tombstones()).isEqualTo(1);
  }

  @Test
  void eachDeleteHasOneTombstone() {
    // given: the other's and the own one, then a tombstone without a delete
    KeyResult own = fold(other(5), delete(6, 20L), tombstone(7), tombstone(8));
    KeyResult lone = fold(other(5), tombstone(6), write(7, 20L, 1L, 8, "own"), tombstone(8));
    // then
    assertThat(own.winner()).map(KeyChange::kind).contains(ChangeKind.DELETE);
    assertThat(own.counts().tombstones()).isEqualTo(2);
    assertThat(lone.winner()).map(KeyChange::kind).contains(ChangeKind.TOMBSTONE);
  }

  @Test
  void anotherPartitionsTombstoneIsNotTheOthers() {
    KeyResult result = fold(other(5), in(1, tombstone(6)));
    assertThat(result.winner()).map(KeyChange::kind).contains(ChangeKind.TOMBSTONE);
  }

  @Test
  void anothersDeleteAloneChangesNothing() {
    KeyResult result = fold(other(5));
    assertThat(result.winner()).isEmpty();
    assertThat(result.counts().superseded()).isZero();
  }

  private static KeyChange other(long offset) {
    return change(ChangeKind.OTHER_DELETE, 0, offset, 0, 99L, 99L);
  }

  private static KeyResult fold(KeyChange... changes) {
    return new NewestState(Changes.COLUMNS, Set.of(0, 1), UnavailablePolicy.QUARANTINE, Set.of())
        .fold(STORED, new OwnChanges(List.of(changes).iterator()), false);
  }
}
