package dev.changelake.oracle;

/**
 * A place in the source's log: of a record, or the guard of a key, how far the key was applied. The
 * time of a guard is the latest that was applied, with or without an lsn.
 *
 * @param lsn null where there is none
 * @param tsMs when the source committed; null where there is none
 */
record Position(Long lsn, Long tsMs) {

  static final Position NONE = new Position(null, null);

  /** Whether this is surely below a guard: without an lsn on both sides, nothing is. */
  boolean isBelow(Position guard) {
    return lsn != null && guard.lsn != null && lsn < guard.lsn;
  }

  boolean isLaterThan(Position guard) {
    return tsMs != null && guard.tsMs != null && tsMs > guard.tsMs;
  }

  /** The guard after a record at this position was applied, if it stood as given. */
  Position move(Position guard) {
    return new Position(greater(lsn, guard.lsn), greater(tsMs, guard.tsMs));
  }

  private static Long greater(Long one, Long other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return Math.max(one, other);
  }
}
