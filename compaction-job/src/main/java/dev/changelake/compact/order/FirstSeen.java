package dev.changelake.compact.order;

import java.util.Iterator;
import java.util.Optional;

/** The rule of append-only tables: a key is what it was first seen as, all else repeats it. */
public final class FirstSeen implements KeyRule {
  @Override
  public KeyResult fold(StoredKey before, Iterator<KeyChange> changes, boolean several) {
    KeyChange first = null;
    long replays = 0;
    long tombstones = 0;
    while (changes.hasNext()) {
      KeyChange change = changes.next();
      if (!change.kind().leavesRow()) {
        tombstones++;
      } else if (first == null && !before.hasRow()) {
        first = change;
      } else {
        replays++;
      }
    }
    Optional<KeyChange> winner = Optional.ofNullable(first);
    return new KeyResult(
        winner,
        winner.map(KeyChange::image),
        winner.map(KeyChange::lsn).orElse(null),
        winner.map(KeyChange::tsMs).orElse(null),
        new KeyCounts(0, replays, tombstones, 0, 0, 0, Optional.empty()));
  }
}
