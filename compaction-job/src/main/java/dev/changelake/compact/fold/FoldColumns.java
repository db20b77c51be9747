package dev.changelake.compact.fold;

import java.util.Locale;

/** Columns of the datasets inside the fold; those of the result are the target's own. */
final class FoldColumns {
  static final String OP = "op";
  static final String STATUS = "status";
  static final String LSN = "lsn";

  /** The row that the record is in the target; null if it is none. */
  static final String ROW = "row";

  /** Whether the record starts a range and belongs to a delete in an earlier batch. */
  static final String PAIRED_BEFORE = "paired_before";

  /** The greatest lsn that was applied to the key before this batch. */
  static final String STORED_LSN = "stored_lsn";

  /** The target key of the row that the source's key has before this batch; null if none. */
  static final String OWNED = "owned";

  /** Whether the key's position stands among those without a row. */
  static final String WAS_ABSENT = "was_absent";

  static final String OUTCOME = "outcome";

  /** The greatest lsn that is applied to the key after this batch. */
  static final String GUARD = "guard";

  /** What MERGE shall do with a row of its source. */
  static final String ACTION = "_action";

  static final String UPSERT = "upsert";
  static final String DELETE = "delete";

  /** What became of a record. */
  enum Outcome {
    WINNER,
    SUPERSEDED,
    REPLAY,
    TOMBSTONE;

    String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private FoldColumns() {}
}
