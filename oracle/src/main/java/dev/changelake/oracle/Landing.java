package dev.changelake.oracle;

/** What a record is by itself, before any other record is looked at. */
public enum Landing {
  CHANGE,
  TOMBSTONE,
  /** All rows of the source are gone; of no key, or of any. */
  TRUNCATE,
  CONTROL,
  QUARANTINED
}
