package dev.changelake.compact.fold;

import java.util.Locale;

/** What a winner does to the target. */
enum Effect {
  INSERT,
  UPDATE,
  DELETE,
  /** Its row was given up, and another source took the key in the same batch. */
  OVERTAKEN,
  /** A delete of a key that has no row. */
  WITHOUT_EFFECT,
  /** A record that is no row of the target and never was. */
  FILTERED;

  String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
