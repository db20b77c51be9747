package dev.changelake.compact.result;

import java.util.List;
import java.util.Objects;

/**
 * What came of one expectation.
 *
 * @param table the table that it is about
 * @param expectation what was expected, in a few words
 * @param violations how many rows break it
 * @param examples some of these rows, by their keys
 */
public record Finding(
    String table, String expectation, Verdict verdict, long violations, List<String> examples) {
  public Finding {
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(expectation, "expectation");
    examples = List.copyOf(examples);
    if ((verdict == Verdict.HOLDS) != (violations == 0)) {
      throw new IllegalArgumentException("Exactly what is not violated holds");
    }
  }

  /** What a violation means. */
  public enum Verdict {
    HOLDS,
    /** The batch's cut may have torn it: what is missing can come with the next batch. */
    TORN,
    /** Not to be explained by the cut. */
    BROKEN
  }
}
