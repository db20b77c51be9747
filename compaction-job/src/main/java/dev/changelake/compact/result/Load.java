package dev.changelake.compact.result;

import java.util.Objects;

/**
 * How a warehouse table got its rows.
 *
 * @param inserted rows that were put in; by a full load, all
 * @param updated rows that another one took the place of; by a full load none
 * @param deleted rows that were taken out; by a full load, all that were there
 */
public record Load(Kind kind, long inserted, long updated, long deleted) {
  public Load {
    Objects.requireNonNull(kind, "kind");
  }

  /** Whether the changes were loaded or all rows, and why. */
  public enum Kind {
    INCREMENTAL("the changes alone"),
    FULL_FIRST_LOAD("all rows: the first load"),
    /** Of a report, or of a table that the batch before did not have. */
    FULL_NO_CHANGES_KNOWN("all rows: what changed is not told"),
    FULL_GAP("all rows: the warehouse does not hold the batch before"),
    /** What the table holds was revised since it was loaded, or the columns have changed. */
    FULL_BATCH_DIFFERS("all rows: the loaded batch or the columns have changed since"),
    FULL_ROWS_WERE_NOT_AS_LOADED("all rows: somebody had changed those of the batch before");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    /** What people are told. */
    public String text() {
      return text;
    }
  }
}
