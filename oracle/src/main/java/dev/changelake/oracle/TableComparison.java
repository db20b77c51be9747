package dev.changelake.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeSet;

/** Compares two tables cell by cell and says readably where they differ. */
public final class TableComparison {

  private static final int SHOWN = 20;

  private TableComparison() {}

  /**
   * Fails with the first differences unless both hold the same rows, columns and values.
   *
   * @param what begins the message
   * @throws AssertionError when they differ
   */
  public static void assertSame(
      String what,
      SortedMap<String, SortedMap<String, Object>> expected,
      SortedMap<String, SortedMap<String, Object>> actual) {
    List<String> missing = new ArrayList<>();
    List<String> extra = new ArrayList<>();
    List<String> cells = new ArrayList<>();
    for (String key : union(expected, actual)) {
      if (!actual.containsKey(key)) {
        missing.add("  %s %s".formatted(key, expected.get(key)));
      } else if (!expected.containsKey(key)) {
        extra.add("  %s %s".formatted(key, actual.get(key)));
      } else {
        compare(key, expected.get(key), actual.get(key), cells);
      }
    }
    if (missing.isEmpty() && extra.isEmpty() && cells.isEmpty()) {
      return;
    }
    StringBuilder message =
        new StringBuilder(
            "%s: expected %d rows, were %d".formatted(what, expected.size(), actual.size()));
    append(message, "missing rows", missing);
    append(message, "extra rows", extra);
    append(message, "differing cells", cells);
    throw new AssertionError(message.toString());
  }

  /**
   * Fails unless both hold the same rows in the same order.
   *
   * @param key the columns that name a row in the message
   * @throws AssertionError when they differ
   */
  public static void assertSameInOrder(
      String what,
      List<String> key,
      List<SortedMap<String, Object>> expected,
      List<SortedMap<String, Object>> actual) {
    assertSame(what, KeyedRows.of(key, expected), KeyedRows.of(key, actual));
    for (int i = 0; i < expected.size(); i++) {
      if (!expected.get(i).equals(actual.get(i))) {
        throw new AssertionError(
            "%s: the rows are in another order; row %d should be %s, was %s"
                .formatted(what, i + 1, expected.get(i), actual.get(i)));
      }
    }
  }

  private static void compare(
      String key, Map<String, Object> expected, Map<String, Object> actual, List<String> cells) {
    for (String column : union(expected, actual)) {
      String wanted = show(expected, column);
      String found = show(actual, column);
      boolean same =
          expected.containsKey(column) == actual.containsKey(column)
              && Objects.equals(expected.get(column), actual.get(column));
      if (!same) {
        cells.add("  %s.%s: expected %s, was %s".formatted(key, column, wanted, found));
      }
    }
  }

  private static TreeSet<String> union(Map<String, ?> one, Map<String, ?> other) {
    TreeSet<String> names = new TreeSet<>(one.keySet());
    names.addAll(other.keySet());
    return names;
  }

  private static String show(Map<String, Object> cells, String column) {
    if (!cells.containsKey(column)) {
      return "no such column";
    }
    Object value = cells.get(column);
    return value == null ? "null" : "%s (%s)".formatted(value, value.getClass().getSimpleName());
  }

  private static void append(StringBuilder message, String what, List<String> lines) {
    if (!lines.isEmpty()) {
      message.append("\n%d %s:".formatted(lines.size(), what));
      lines.stream().limit(SHOWN).forEach(line -> message.append('\n').append(line));
      if (lines.size() > SHOWN) {
        message.append("\n  and %d more".formatted(lines.size() - SHOWN));
      }
    }
  }
}
