package dev.changelake.oracle;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
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

  @Test
  void the_order_of_rows_can_be_part_of_the_comparison() {
    SortedMap<String, Object> one = new TreeMap<>(Map.of("a", 1L));
    SortedMap<String, Object> two = new TreeMap<>(Map.of("a", 2L));
    List<String> key = List.of("a");

    assertThatCode(
            () -> TableComparison.assertSameInOrder("t", key, List.of(two, one), List.of(two, one)))
        .doesNotThrowAnyException();
    assertThatThrownBy(
            () -> TableComparison.assertSameInOrder("t", key, List.of(two, one), List.of(one, two)))
        .isInstanceOf(AssertionError.class)
        .hasMessage("t: the rows are in another order; row 1 should be {a=2}, was {a=1}");
    assertThatThrownBy(
            () -> TableComparison.assertSameInOrder("t", key, List.of(two, one), List.of(two)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("1 missing rows:\n  1 {a=1}");
  }
}
