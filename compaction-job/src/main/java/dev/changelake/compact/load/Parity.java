package dev.changelake.compact.load;

import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * How a table of the warehouse compares with the rows that it is to hold.
 *
 * @param ranges where the two differ, in the key's order; the first ones if there are many
 * @param differing how many keys differ in all
 */
public record Parity(
    String table, Side lake, Side warehouse, List<KeyRange> ranges, long differing) {
  public Parity {
    Objects.requireNonNull(table, "table");
    ranges = List.copyOf(ranges);
  }

  /**
   * One of the two.
   *
   * @param checksum the sum of a hash of each row, in hexadecimal: the order does not matter
   */
  public record Side(long rows, String checksum) {
    @Override
    public String toString() {
      return "%,d rows with checksum %s".formatted(rows, checksum);
    }
  }

  /**
   * Keys that follow each other and of which none is the same on both sides.
   *
   * @param missing rows of the lake that the warehouse does not have
   * @param foreign rows of the warehouse that the lake does not have
   * @param different rows with another value in one of the columns
   * @param columns the columns in which they differ
   */
  public record KeyRange(
      String from, String to, long missing, long foreign, long different, Set<String> columns) {
    public KeyRange {
      columns = Collections.unmodifiableSortedSet(new TreeSet<>(columns));
    }

    /** How many keys differ in it. */
    public long keys() {
      return missing + foreign + different;
    }

    @Override
    public String toString() {
      return "%s: %d missing, %d not of the lake, %d different%s"
          .formatted(
              from.equals(to) ? from : from + " to " + to,
              missing,
              foreign,
              different,
              columns.isEmpty() ? "" : " in " + String.join(", ", columns));
    }
  }
}
