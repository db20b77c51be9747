package dev.changelake.produce.world;

/** How many rows a table's day may have. */
public final class RowLimits {
  /** With fewer rows a day could not hold each kind of change once. */
  public static final int MINIMUM = 8;

  /** The width of an id range of {@link DayIds}. */
  public static final int MAXIMUM = 1_000_000;

  private RowLimits() {}

  /**
   * Refuses a number of rows that is out of bounds.
   *
   * @return the number
   */
  public static int check(int rows) {
    if (rows < MINIMUM || rows > MAXIMUM) {
      throw new IllegalArgumentException(
          "rows must be %s to %s, was %s".formatted(MINIMUM, MAXIMUM, rows));
    }
    return rows;
  }
}
