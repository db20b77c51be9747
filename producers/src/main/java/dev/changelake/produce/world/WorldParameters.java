package dev.changelake.produce.world;

import java.time.LocalDate;

/**
 * What the platform started with; everything else follows.
 *
 * @param rows how many rows each base table had on the first day
 * @param start the first day
 */
public record WorldParameters(long seed, int rows, LocalDate start) {
  /** The day of the platform's first order. */
  public static final LocalDate FIRST_ORDERS = LocalDate.of(2018, 1, 1);

  /** The last day that can be written: soon after, nanoseconds since 1970 no longer fit. */
  public static final LocalDate LAST_DAY = LocalDate.of(2199, 12, 31);

  public WorldParameters {
    RowLimits.check(rows);
    if (!start.isAfter(FIRST_ORDERS) || start.isAfter(LAST_DAY)) {
      throw new IllegalArgumentException(
          "the first day must be after %s and not after %s, was %s"
              .formatted(FIRST_ORDERS, LAST_DAY, start));
    }
  }
}
