package dev.changelake.envelope;

import java.util.Arrays;
import java.util.Locale;

/** What landing made of a record; it stands in the change log. */
public enum RecordStatus {
  /** An insert, update, delete or snapshot read that can be applied. */
  CHANGE,
  /** A record without a value: its key is deleted. */
  TOMBSTONE,
  /** All rows of the table were removed at once. */
  TRUNCATE,
  /** A record that says something about the log and nothing about a row. */
  CONTROL,
  /** A record that cannot be applied without guessing; its reason says why. */
  QUARANTINED;

  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static RecordStatus fromCode(String code) {
    return Arrays.stream(values())
        .filter(status -> status.code().equals(code))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("Unknown status " + code));
  }
}
