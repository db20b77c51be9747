package dev.changelake.compact.delta;

import java.util.Locale;

/** The stages that write Delta tables; each writes a table at most once a plan. */
public enum Stage {
  CREATE,
  LAND,
  MERGE,
  /** Keys whose last change left no row, with the position of that change. */
  ABSENT,
  /** Undoes what an earlier revision of a plan merged. */
  RESTORE;

  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
