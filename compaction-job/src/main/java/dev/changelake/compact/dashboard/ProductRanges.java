package dev.changelake.compact.dashboard;

import dev.changelake.compact.dashboard.Chart.Form;
import dev.changelake.compact.dashboard.Chart.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Counts products in ranges of their numbers, since a report can hold thousands of them. */
final class ProductRanges {
  private static final int MOST_RANGES = 20;

  private ProductRanges() {}

  /** The chart: a column for each range, in which each country has its part. */
  static Chart chart(List<String> products, List<String> countries) {
    List<Long> ids = products.stream().map(Long::valueOf).toList();
    long least = ids.stream().mapToLong(Long::longValue).min().orElseThrow();
    long greatest = ids.stream().mapToLong(Long::longValue).max().orElseThrow();
    long width = width(least, greatest);
    long first = Math.floorDiv(least, width);
    int ranges = Math.toIntExact(Math.floorDiv(greatest, width) - first + 1);
    List<String> labels = new ArrayList<>();
    for (long range = first; range < first + ranges; range++) {
      labels.add(label(range * width, width));
    }
    SortedSet<String> names = new TreeSet<>(countries);
    List<Series> series = new ArrayList<>();
    for (String country : names) {
      long[] counts = new long[ranges];
      for (int i = 0; i < ids.size(); i++) {
        if (countries.get(i).equals(country)) {
          counts[Math.toIntExact(Math.floorDiv(ids.get(i), width) - first)]++;
        }
      }
      series.add(new Series(country, Arrays.stream(counts).mapToObj(Long::toString).toList()));
    }
    return new Chart(Chart.PRODUCTS, Form.COLUMNS, labels, series);
  }

  private static String label(long from, long width) {
    return width == 1 ? Long.toString(from) : "%d–%d".formatted(from, from + width - 1);
  }

  /** The least of 1, 2, 5, 10, 20, 50, … that needs no more ranges than one can read. */
  private static long width(long least, long greatest) {
    long power = 1;
    while (true) {
      for (long width : new long[] {power, 2 * power, 5 * power}) {
        // Not the difference, which could be greater than any long.
        if (Math.floorDiv(greatest, width) - MOST_RANGES < Math.floorDiv(least, width)) {
          return width;
        }
      }
      power *= 10;
    }
  }
}
