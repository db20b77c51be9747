package dev.changelake.compact.order;

import static dev.changelake.compact.order.Changes.LEFT_OUT;
import static dev.changelake.compact.order.Changes.cells;
import static dev.changelake.compact.order.Changes.in;
import static dev.changelake.compact.order.Changes.tombstone;
import static dev.changelake.compact.order.Changes.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.changelake.contract.UnavailablePolicy;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Records that are landed again keep the place that they have in their topic. */
class ReplayOrderTest {
  private static final Place APPLIED = new Place("topic", 0, 50);
  private static final StoredKey STORED =
      new StoredKey(0, 10L, 10L, true, Image.of(1L, 7, "stored"), false, Optional.of(APPLIED));

  @Test
  void repairedRecordThatIsOlderThanTheRowChangesNothing() {
    KeyResult result = fold(STORED, write(40, null, 1L, 8, "older"));
    assertThat(result.winner()).isEmpty();
    assertThat(result.counts().replays()).isEqualTo(1);
  }

  @Test
  void repairedRecordThatIsNewerIsAppliedAndWhatCameAfterItToo() {
    KeyResult result =
        fold(STORED, write(60, null, 1L, 8, "repaired"), write(70, 20L, 1L, 9, LEFT_OUT));
    assertThat(cells(result)).containsExactly(1L, 9, "repaired");
  }

  @Test
  void deletedRowDoesNotComeBack() {
    StoredKey deleted = new StoredKey(0, 10L, 10L, false, null, false, Optional.of(APPLIED));
    KeyResult result = fold(deleted, write(40, null, 1L, 8, "older"));
    assertThat(result.winner()).isEmpty();
  }

  @Test
  void inAnotherPartitionTheLsnDecides() {
    assertThat(cells(fold(STORED, in(1, write(3, 11L, 1L, 8, "newer")))))
        .containsExactly(1L, 8, "newer");
    assertThat(fold(STORED, in(1, write(3, 9L, 1L, 8, "older"))).winner()).isEmpty();
  }

  @Test
  void inAnotherPartitionWithoutAnLsnNothingDecides() {
    KeyResult result = fold(STORED, in(1, tombstone(3)));
    assertThat(result.winner()).isEmpty();
    assertThat(result.counts().undecided()).isEqualTo(1);
    assertThat(result.counts().stoppedAt()).contains(new Place("topic", 1, 3));
  }

  @Test
  void recordOfATopicThatIsNewSinceTheRowIsNewer() {
    StoredKey ofTheOldTopic =
        new StoredKey(0, 10L, 10L, true, Image.of(1L, 7, "stored"), false, Optional.empty());
    assertThat(cells(fold(ofTheOldTopic, write(1, null, 1L, 8, "newer"))))
        .containsExactly(1L, 8, "newer");
  }

  private static KeyResult fold(StoredKey before, KeyChange... changes) {
    List<KeyChange> again =
        Arrays.stream(changes)
            .map(
                change ->
                    new KeyChange(
                        change.kind(),
                        change.place(),
                        change.epoch(),
                        change.lsn(),
                        change.tsMs(),
                        false,
                        true,
                        change.image()))
            .toList();
    return new NewestState(Changes.COLUMNS, Set.of(0, 1), UnavailablePolicy.QUARANTINE, Set.of())
        .fold(before, again.iterator(), false);
  }
}
