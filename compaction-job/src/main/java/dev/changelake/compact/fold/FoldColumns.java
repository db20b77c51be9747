package dev.changelake.compact.fold;

/** Columns of the datasets inside the fold; those of the result are the target's own. */
final class FoldColumns {
  /** The code of a {@link dev.changelake.compact.order.ChangeKind}. */
  static final String KIND = "kind";

  static final String LSN = "lsn";
  static final String TS_MS = "ts_ms";

  /** How often the source's positions began anew before the record. */
  static final String EPOCH = "epoch";

  /** The record's row with the target's columns. */
  static final String ROW = "row";

  /** Whether the record is a row of the target; null if that depends on a value left out. */
  static final String IS_ROW = "is_row";

  /** The target's columns that the record left out; null if none. */
  static final String LEFT_OUT = "left_out";

  /** The identity that the row had before its key changed; null if it is not said. */
  static final String MOVED_FROM = "moved_from";

  /** Whether the record starts a range and belongs to a delete in an earlier batch. */
  static final String PAIRED_BEFORE = "paired_before";

  /** Whether the key's records stand in more than one partition. */
  static final String SEVERAL = "several";

  /** The greatest lsn that was applied to the key before this batch, in the epoch of the last. */
  static final String STORED_LSN = "stored_lsn";

  static final String STORED_EPOCH = "stored_epoch";

  /** Where the last applied record stands in the topic as it is now; null if it does not. */
  static final String STORED_PLACE = "stored_place";

  /** Whether the record was landed before and stands anywhere in the topic. */
  static final String AGAIN = "again";

  static final String STORED_TS_MS = "stored_ts_ms";

  /** The row that the source's key has before this batch; null if nobody needs it. */
  static final String STORED_ROW = "stored_row";

  static final String STORED_UNAVAILABLE = "stored_unavailable";

  /** Whether a record that cannot be read came after the last one that was applied. */
  static final String UNREADABLE_SINCE = "unreadable_since";

  /** The target key of the row that the source's key has before this batch; null if none. */
  static final String OWNED = "owned";

  /** Whether the key's position stands among those without a row. */
  static final String WAS_ABSENT = "was_absent";

  /** The greatest lsn that is applied to the key after this batch. */
  static final String GUARD = "guard";

  /** How many of the key's records came to what; see the rule's counts. */
  static final String SUPERSEDED = "superseded";

  static final String REPLAYS = "replays";
  static final String TOMBSTONES = "tombstones";
  static final String UNRESOLVED = "unresolved";
  static final String UNDECIDED = "undecided";
  static final String FELL_BACK = "fell_back";
  static final String STOPPED_AT = "stopped_at";

  /** What MERGE shall do with a row of its source. */
  static final String ACTION = "_action";

  static final String UPSERT = "upsert";
  static final String DELETE = "delete";

  private FoldColumns() {}
}
