package dev.changelake.oracle;

import dev.changelake.oracle.Tally.Count;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds the winner of every source key of a batch; remembers guards and deletes over batches. */
final class KeyFolder {

  private record Line(SourceKey key, int partition) {}

  private final Map<SourceKey, Long> guards = new HashMap<>();
  private final Map<String, SourceKey> deletesByPlace = new HashMap<>();

  /**
   * Folds a batch and counts all but its winners; guards move only with {@link #keep}.
   *
   * @param landed in partition and offset order
   */
  Map<SourceKey, Winner> fold(List<Landed> landed, Tally tally) {
    Map<SourceKey, Winner> winners = new LinkedHashMap<>();
    Map<SourceKey, Long> moved = new HashMap<>();
    Map<Line, Landed> previous = new HashMap<>();
    for (Landed next : landed) {
      tally.add(Count.LANDED);
      switch (next.landing()) {
        case QUARANTINED -> tally.add(Count.BAD);
        case CONTROL -> tally.add(Count.CONTROL);
        case CHANGE, TOMBSTONE -> {
          SourceKey key = next.sourceKey();
          Long guard = moved.containsKey(key) ? moved.get(key) : guards.get(key);
          Landed before = previous.put(new Line(key, next.record().partition()), next);
          if (next.isTombstone() && isPaired(next, before)) {
            tally.add(Count.TOMBSTONES);
          } else if (next.lsn() != null && guard != null && next.lsn() < guard) {
            tally.add(Count.REPLAYS);
          } else {
            Long reached = greater(guard, next.lsn());
            moved.put(key, reached);
            if (winners.put(key, new Winner(next, reached)) != null) {
              tally.add(Count.SUPERSEDED);
            }
          }
        }
      }
    }
    return winners;
  }

  /** Ends a batch: the guards of all winners move, but not of those in conflict. */
  void keep(List<Landed> landed, Map<SourceKey, Winner> winners, Set<SourceKey> conflicts) {
    winners.forEach(
        (key, winner) -> {
          if (winner.lsn() != null && !conflicts.contains(key)) {
            guards.put(key, winner.lsn());
          }
        });
    for (Landed each : landed) {
      if (each.isDelete()) {
        deletesByPlace.put(each.record().place(), each.sourceKey());
      }
    }
  }

  private boolean isPaired(Landed tombstone, Landed before) {
    if (before != null) {
      return before.isDelete();
    }
    LogRecord record = tombstone.record();
    if (record.offset() == 0) {
      return false;
    }
    LogRecord neighbour =
        new LogRecord(record.topic(), record.partition(), record.offset() - 1, null, null);
    return tombstone.sourceKey().equals(deletesByPlace.get(neighbour.place()));
  }

  private static Long greater(Long guard, Long lsn) {
    if (guard == null || lsn == null) {
      return guard == null ? lsn : guard;
    }
    return Math.max(guard, lsn);
  }
}
