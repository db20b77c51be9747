package dev.changelake.config;

import java.util.Arrays;
import java.util.Locale;

/** Where a batch ends. */
public enum Align {
  /** Where the topics stand when the batch is planned. */
  NONE,
  /** Between two transactions of the source, before the first that has not come whole. */
  TRANSACTIONS;

  /** The word in the configuration and on the command line. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads a word.
   *
   * @throws IllegalArgumentException if it is none of them
   */
  static Align fromCode(String code) {
    return Arrays.stream(values())
        .filter(align -> align.code().equals(code))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("must be none or transactions"));
  }
}
