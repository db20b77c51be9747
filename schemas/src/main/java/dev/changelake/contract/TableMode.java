package dev.changelake.contract;

import java.util.Arrays;
import java.util.Locale;

/** How a table follows from its change log. */
public enum TableMode {
  /** The newest state of each key: inserts, updates and deletes apply. */
  MERGE,
  /** Every key once, as it was first seen: updates and deletes are refused. */
  APPEND,
  /** No table of its own: the records change the tables that name it as a feed. */
  FEED;

  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  static TableMode fromCode(String code) {
    return Arrays.stream(values())
        .filter(mode -> mode.code().equals(code))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("mode must be merge, append or feed, was " + code));
  }
}
