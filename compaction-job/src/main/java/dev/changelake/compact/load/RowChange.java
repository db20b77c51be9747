package dev.changelake.compact.load;

import java.util.Arrays;

/** What became of a row between two batches. */
public enum RowChange {
  INSERTED("I"),
  UPDATED("U"),
  DELETED("D");

  /** The column that tells it. */
  public static final String COLUMN = "_change";

  private final String code;

  RowChange(String code) {
    this.code = code;
  }

  public String code() {
    return code;
  }

  static RowChange ofCode(String code) {
    return Arrays.stream(values())
        .filter(change -> change.code.equals(code))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("No change of a row is called " + code));
  }
}
