package dev.changelake.oracle;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TableComparisonTest {

  private final SortedMap<String, SortedMap<String, Object>> expected = new TreeMap<>();
  private final SortedMap<String, SortedMap<String, Object>> actual = new TreeMap<>();

  private static void put(
      SortedMap<String, SortedMap<String, Object>> rows, String key, String column, Object cell) {
    rows.computeIfAbsent(key, any -> new TreeMap<>()).put(column, cell);
  }

  @Test
  void equal_tables_pass() {
    put(expected, "1", "a", null);
    put(actual, "1", "a", null);

    assertThatCode(() -> TableComparison.assertSame("t", expected, actual))
        .doesNotThrowAnyException();
  }

  @Test
  void differences_are_named() {
    put(expected, "1", "a", 1L);
    put(actual, "1", "a", 1);
    put(expected, "2", "a", new BigDecimal("1.50"));
    put(actual, "2", "a", new BigDecimal("1.5"));
    put(expected, "3", "a", null);
    put(actual, "3", "b", null);
    put(expected, "4", "a", 4L);
    put(actual, "5", "a", 5L);

    assertThatThrownBy(() -> TableComparison.assertSame("t", expected, actual))
        .isInstanceOf(AssertionError.class)
        .hasMessage(
            """
            t: expected 4 rows, were 4
            1 missing rows:
              4 {a=4}
            1 extra rows:
              5 {a=5}
            4 differing cells:
              1.a: expected 1 (Long), was 1 (Integer)
              2.a: expected 1.50 (BigDecimal), was 1.5 (BigDecimal)
              3.a: expected null, was no such column
              3.b: expected no such column, was null""");
  }

  @Test
  void only_the_first_differences_are_shown() {
    IntStream.range(0, 25).forEach(i -> put(expected, "k" + i, "a", 1L));

    assertThatThrownBy(() -> TableComparison.assertSame("t", expected, actual))
        .hasMessageContaining("25 missing rows")
        .hasMessageEndingWith("and 5 more");
  }
}
