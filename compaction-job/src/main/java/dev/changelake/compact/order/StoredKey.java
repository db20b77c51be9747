package dev.changelake.compact.order;

import java.util.Optional;
import java.util.Set;

/**
 * What is known of a key before a batch.
 *
 * @param epoch the epoch of the last record that was applied
 * @param lsn the greatest log position of that epoch that was applied; null if there was none
 * @param tsMs when the transaction of the last record that was applied committed; null if not known
 * @param hasRow whether the target has a row of the key
 * @param row the row; null if there is none, or if nobody needs its cells
 * @param unreadableSince whether a record that cannot be read came after the last applied one
 * @param place where the last applied record stands; empty if not in the topic as it is now
 */
public record StoredKey(
    int epoch,
    Long lsn,
    Long tsMs,
    boolean hasRow,
    Image row,
    boolean unreadableSince,
    Optional<Place> place) {
  /** A key of which nothing is known. */
  public static final StoredKey NONE =
      new StoredKey(0, null, null, false, null, false, Optional.empty());

  public StoredKey {
    if (row != null && !hasRow) {
      throw new IllegalArgumentException("A key without a row has no cells");
    }
  }

  /** What is known of the row's cells. */
  KnownRow known(int columns) {
    KnownRow known = new KnownRow(columns);
    if (row != null && !unreadableSince) {
      known.set(row.cells(), row.unknown());
    }
    return known;
  }

  /** The same key with a row of which each cell is known. */
  static StoredKey of(Long lsn, Long tsMs, Object... cells) {
    return new StoredKey(
        0,
        lsn,
        tsMs,
        true,
        new Image(cells, Set.of(), Image.Membership.ROW),
        false,
        Optional.empty());
  }
}
