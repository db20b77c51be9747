package dev.changelake.compact.order;

import java.util.Objects;

/**
 * One record about a key.
 *
 * @param epoch how often the source's log positions began anew before the record
 * @param lsn the log position; null for incremental snapshots and tombstones, which have none
 * @param tsMs when the transaction committed, in milliseconds since 1970; null if not known
 * @param pairedBefore whether the record is the tombstone of a delete in an earlier batch
 * @param again whether the record was landed before, so that it may be older than what was applied
 * @param image the row that the record shows; null if it shows none
 */
public record KeyChange(
    ChangeKind kind,
    Place place,
    int epoch,
    Long lsn,
    Long tsMs,
    boolean pairedBefore,
    boolean again,
    Image image) {
  public KeyChange {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(place, "place");
    if (kind.leavesRow() != (image != null)) {
      throw new IllegalArgumentException("Exactly reads and writes show a row");
    }
  }

  /** A truncate is one record for all keys, and what cannot be read says nothing of its own. */
  boolean isOfKeyAlone() {
    return kind != ChangeKind.TRUNCATE
        && kind != ChangeKind.UNREADABLE
        && kind != ChangeKind.OTHER_DELETE;
  }

  /** The record, known to be the tombstone of the delete before it. */
  KeyChange paired() {
    return new KeyChange(kind, place, epoch, lsn, tsMs, true, again, image);
  }

  /** Whether a tombstone follows the delete that it belongs to, which has done its work. */
  boolean isTombstoneOf(KeyChange before) {
    return kind == ChangeKind.TOMBSTONE
        && (pairedBefore
            || before != null
                && before.kind == ChangeKind.DELETE
                && before.place.partition() == place.partition());
  }
}
