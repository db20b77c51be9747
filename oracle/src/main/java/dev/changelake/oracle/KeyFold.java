package dev.changelake.oracle;

import dev.changelake.oracle.Tally.Count;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Folds one source key's records of one batch, in their order: who wins, and what is known. */
final class KeyFold {

  private final SourceKey key;
  private final Tally tally;

  /** The source's cells as they are after the last record; a column without an entry is unknown. */
  private final Map<String, Object> known;

  private final List<Landed> unresolved = new ArrayList<>();
  private Position guard;
  private Winner winner;

  KeyFold(SourceKey key, Position guard, Map<String, Object> known, Tally tally) {
    this.key = key;
    this.guard = guard;
    this.known = new HashMap<>(known);
    this.tally = tally;
  }

  /** Takes the next record of the key, a truncate of its source among them. */
  void accept(Landed next) {
    switch (next.landing()) {
      case QUARANTINED -> {
        if (!next.position().isBelow(guard)) {
          known.clear();
        }
      }
      case TRUNCATE -> {
        if (!isReplay(next)) {
          known.clear();
          win(next, null);
        }
      }
      case CHANGE, TOMBSTONE -> {
        if (isReplay(next)) {
          tally.add(Count.REPLAYS);
        } else if (next.row() == null) {
          known.clear();
          win(next, null);
        } else {
          write(next);
        }
      }
      case CONTROL -> throw new IllegalStateException(next.record() + " is of no key");
    }
  }

  Optional<Winner> winner() {
    return Optional.ofNullable(winner);
  }

  /** The changes that left out what nobody knows. */
  List<Landed> unresolved() {
    return unresolved;
  }

  private boolean isReplay(Landed next) {
    if (!next.position().isBelow(guard)) {
      return false;
    }
    if (next.position().isLaterThan(guard)) {
      throw new IllegalStateException("The log position fell back at " + next.record());
    }
    return true;
  }

  private void write(Landed change) {
    if (change.op().equals("c")) {
      known.clear();
    }
    known.putAll(change.row());
    if (change.leftOut().stream().allMatch(this::isResolved)) {
      win(change, new HashMap<>(known));
    } else {
      guard = change.position().move(guard);
      unresolved.add(change);
      tally.add(Count.UNRESOLVED);
    }
  }

  private boolean isResolved(String column) {
    SourceTable source = key.source();
    return !OrderProjection.isCondition(source, column)
        && (known.containsKey(column) || !OrderProjection.isShown(source, column));
  }

  private void win(Landed next, Map<String, Object> row) {
    if (winner != null && !winner.landed().isTruncate()) {
      tally.add(Count.SUPERSEDED);
    }
    guard = next.position().move(guard);
    winner = new Winner(key, next, row, guard);
  }
}
