package dev.changelake.oracle;

/** What a record is by itself, before any other record is looked at. */
public enum Landing {
  CHANGE,
  TOMBSTONE,
  CONTROL,
  QUARANTINED
}
