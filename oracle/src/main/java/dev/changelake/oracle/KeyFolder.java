package dev.changelake.oracle;

import dev.changelake.oracle.Tally.Count;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Finds the winner of every source key of a batch; remembers over batches what that needs. */
final class KeyFolder {

  /**
   * A batch by its keys.
   *
   * @param unresolved the changes that left out what nobody knows
   */
  record Folded(Map<SourceKey, Winner> winners, List<Landed> unresolved) {}

  private record Line(SourceKey key, int partition) {}

  private final Map<SourceKey, Position> guards = new HashMap<>();
  private final Map<String, SourceKey> deletesByPlace = new HashMap<>();

  /** Keys of which a record was refused after the last one that was applied. */
  private final Set<SourceKey> doubted = new HashSet<>();

  /**
   * Folds a batch and counts all but its winners; nothing is remembered before {@link #keep}.
   *
   * @param landed in partition and offset order
   * @param owned the keys that own a row before the batch, with the source's cells that it shows
   */
  Folded fold(List<Landed> landed, Map<SourceKey, Map<String, Object>> owned, Tally tally) {
    Map<SourceKey, Winner> winners = new LinkedHashMap<>();
    List<Landed> unresolved = new ArrayList<>();
    byKey(landed, owned.keySet(), tally)
        .forEach(
            (key, records) -> {
              Map<String, Object> known =
                  doubted.contains(key) ? Map.of() : owned.getOrDefault(key, Map.of());
              KeyFold fold =
                  new KeyFold(key, guards.getOrDefault(key, Position.NONE), known, tally);
              records.forEach(fold::accept);
              fold.winner().ifPresent(winner -> winners.put(key, winner));
              unresolved.addAll(fold.unresolved());
            });
    return new Folded(winners, unresolved);
  }

  /** Every record that says something of a key, under it; a truncate says it of many. */
  private Map<SourceKey, List<Landed>> byKey(
      List<Landed> landed, Set<SourceKey> owning, Tally tally) {
    Map<SourceKey, List<Landed>> byKey = new LinkedHashMap<>();
    owning.forEach(key -> byKey.put(key, new ArrayList<>()));
    landed.stream()
        .filter(Landed::isApplicable)
        .forEach(each -> byKey.putIfAbsent(each.sourceKey(), new ArrayList<>()));
    Map<Line, Landed> previous = new HashMap<>();
    for (Landed next : landed) {
      tally.add(Count.LANDED);
      switch (next.landing()) {
        case QUARANTINED -> {
          tally.add(Count.BAD);
          List<Landed> records = byKey.get(next.sourceKey());
          if (records != null) {
            records.add(next);
          }
        }
        case CONTROL -> tally.add(Count.CONTROL);
        case TRUNCATE -> {
          tally.add(Count.TRUNCATES);
          byKey.forEach(
              (key, records) -> {
                if (key.source() == next.source()) {
                  records.add(next);
                }
              });
        }
        case CHANGE, TOMBSTONE -> {
          SourceKey key = next.sourceKey();
          Landed before = previous.put(new Line(key, next.record().partition()), next);
          if (next.isTombstone() && isPaired(next, before)) {
            tally.add(Count.TOMBSTONES);
          } else {
            byKey.get(key).add(next);
          }
        }
      }
    }
    return byKey;
  }

  /** Ends a batch: the guards of all winners move, but not of those in conflict. */
  void keep(List<Landed> landed, Folded folded, Set<SourceKey> conflicts) {
    Map<SourceKey, Winner> applied = new HashMap<>(folded.winners());
    applied.keySet().removeAll(conflicts);
    applied.forEach((key, winner) -> guards.put(key, winner.guard()));
    doubted.removeAll(applied.keySet());
    doubted.addAll(conflicts);
    Stream.concat(landed.stream().filter(KeyFolder::isRefused), folded.unresolved().stream())
        .filter(refused -> mayFollow(applied.get(refused.sourceKey()), refused.record()))
        .forEach(refused -> doubted.add(refused.sourceKey()));
    for (Landed each : landed) {
      if (each.isDelete()) {
        deletesByPlace.put(each.record().place(), each.sourceKey());
      }
    }
  }

  private static boolean isRefused(Landed landed) {
    return landed.landing() == Landing.QUARANTINED && landed.key() != null;
  }

  /** Whether the refused record may have followed the applied one: partitions have no order. */
  private static boolean mayFollow(Winner applied, LogRecord refused) {
    return applied == null
        || applied.landed().record().partition() != refused.partition()
        || applied.landed().record().offset() < refused.offset();
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
}
