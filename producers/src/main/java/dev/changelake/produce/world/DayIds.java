package dev.changelake.produce.world;

import java.time.LocalDate;

/**
 * The ids that belong to one day; the ranges of a day and those of any two days are disjoint.
 *
 * <p>Orders, whichever feed they come from, share one id space; leads and companies have their own.
 */
record DayIds(LocalDate day) {
  private static final long DAY_WIDTH = 10_000_000L;

  /** An order that a lead has from its creation. */
  long leadOrder(int index) {
    return id(1, index);
  }

  /** An order that a lead of this day gets later on this day. */
  long lateOrder(int index) {
    return id(2, index);
  }

  /** An order that a lead of the day before gets on this day. */
  long carriedOrder(int index) {
    return id(3, index);
  }

  /** An order of the company feed. */
  long companyOrder(int index) {
    return id(4, index);
  }

  long lead(int index) {
    return id(0, index);
  }

  long company(int index) {
    return id(0, index);
  }

  private long id(int range, int index) {
    if (index < 0 || index >= RowLimits.MAXIMUM) {
      throw new IllegalArgumentException("index out of the id range: " + index);
    }
    return day.toEpochDay() * DAY_WIDTH + (long) range * RowLimits.MAXIMUM + index + 1;
  }
}
