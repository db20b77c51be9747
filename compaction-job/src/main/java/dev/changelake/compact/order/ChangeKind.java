package dev.changelake.compact.order;

import java.util.Arrays;
import java.util.Locale;

/** What a record says of its key's row. */
public enum ChangeKind {
  /** The row as a snapshot read it. */
  READ,
  /** The row as an insert made it, which may be the second half of a changed key. */
  INSERT,
  /** The row as an update left it. */
  UPDATE,
  /** The row is gone. */
  DELETE,
  /** No value: the row is gone, unless a delete before it said so already. */
  TOMBSTONE,
  /** All rows of the source are gone; one record stands for each key. */
  TRUNCATE,
  /** Something of the row changed, and it cannot be read what. */
  UNREADABLE,
  /** Another source's row of the same key is gone; its tombstone says nothing of this one's. */
  OTHER_DELETE;

  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static ChangeKind fromCode(String code) {
    return Arrays.stream(values())
        .filter(kind -> kind.code().equals(code))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("Unknown kind of change " + code));
  }

  /** Whether the row is there after the record. */
  public boolean leavesRow() {
    return this == READ || this == INSERT || this == UPDATE;
  }
}
