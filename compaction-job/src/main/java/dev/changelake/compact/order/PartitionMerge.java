package dev.changelake.compact.order;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One order of a key's records in several partitions, as they are after partitions were added or
 * the form of keys changed.
 *
 * <p>Between partitions the lsn is the order. A record without one stands behind the greatest lsn
 * before it in its partition and before the next one; if a record of another partition lies in
 * between, nothing decides.
 */
final class PartitionMerge {
  private static final Comparator<Located> ORDER =
      Comparator.comparingInt((Located located) -> located.change().epoch())
          .thenComparingLong(Located::from)
          // A snapshot is older than the first change at its position.
          .thenComparing(located -> !located.isSnapshotAtItsPosition())
          .thenComparingInt(located -> located.change().place().partition())
          .thenComparingLong(located -> located.change().place().offset());

  private PartitionMerge() {}

  /**
   * A record with the lsns between which it stands.
   *
   * @param from the greatest lsn up to the record in its partition; the least number if none
   * @param to the next lsn after it in its partition; the greatest number if none
   */
  private record Located(KeyChange change, long from, long to) {
    boolean isSnapshotAtItsPosition() {
      return change.kind() == ChangeKind.READ && change.lsn() != null;
    }

    /** A tombstone of a delete says nothing new, wherever it stands. */
    boolean isLoose() {
      return change.lsn() == null && !change.pairedBefore();
    }

    boolean mayBeBeforeOrAfter(Located other) {
      return change.epoch() == other.change.epoch()
          && change.place().partition() != other.change.place().partition()
          && from < other.to
          && other.from < to;
    }
  }

  /**
   * The records in order; empty if nothing decides.
   *
   * @param changes the records, by partition and offset
   */
  static Optional<List<KeyChange>> of(List<KeyChange> changes) {
    Map<Integer, List<KeyChange>> partitions = new TreeMap<>();
    for (KeyChange change : changes) {
      partitions
          .computeIfAbsent(change.place().partition(), partition -> new ArrayList<>())
          .add(change);
    }
    List<Located> located = new ArrayList<>();
    partitions.values().forEach(partition -> located.addAll(located(partition)));
    boolean open =
        located.stream()
            .filter(Located::isLoose)
            .anyMatch(loose -> located.stream().anyMatch(loose::mayBeBeforeOrAfter));
    return open
        ? Optional.empty()
        : Optional.of(located.stream().sorted(ORDER).map(Located::change).toList());
  }

  private static List<Located> located(List<KeyChange> partition) {
    List<Located> located = new ArrayList<>();
    long from = Long.MIN_VALUE;
    int epoch = 0;
    KeyChange previous = null;
    for (int i = 0; i < partition.size(); i++) {
      KeyChange change = partition.get(i);
      boolean paired = change.isTombstoneOf(previous);
      previous = change.isOfKeyAlone() ? change : previous;
      from = change.epoch() == epoch ? from : Long.MIN_VALUE;
      epoch = change.epoch();
      from = change.lsn() == null ? from : Math.max(from, change.lsn());
      long to = change.lsn() == null && !paired ? next(partition, i) : from;
      located.add(new Located(paired ? change.paired() : change, from, to));
    }
    return located;
  }

  /** The first lsn after a record, in its epoch. */
  private static long next(List<KeyChange> partition, int at) {
    return partition.stream()
        .skip(at + 1L)
        .filter(change -> change.epoch() == partition.get(at).epoch() && change.lsn() != null)
        .mapToLong(KeyChange::lsn)
        .findFirst()
        .orElse(Long.MAX_VALUE);
  }
}
