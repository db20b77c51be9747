package dev.changelake.compact.expectation;

import dev.changelake.compact.result.Finding;
import dev.changelake.compact.result.Finding.Verdict;
import java.util.List;
import java.util.function.Supplier;

/** Something that is expected of a table, in a few words. */
record Expectation(String table, String text) {
  /**
   * What came of it.
   *
   * @param violations how many rows break it
   * @param examples some of these rows; asked for only if there are any
   */
  Finding found(long violations, Supplier<List<String>> examples) {
    return violations == 0 ? holds() : violated(Verdict.BROKEN, violations, examples.get());
  }

  Finding holds() {
    return new Finding(table, text, Verdict.HOLDS, 0, List.of());
  }

  Finding violated(Verdict verdict, long violations, List<String> examples) {
    return new Finding(table, text, verdict, violations, examples);
  }
}
