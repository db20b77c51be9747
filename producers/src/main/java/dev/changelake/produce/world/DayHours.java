package dev.changelake.produce.world;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;

/**
 * When rows of a daily feed are created and changed: creations fill the day but for its last hour,
 * and a row that changes on the same day does so {@link #lag()} rows later.
 */
public final class DayHours {
  private static final Duration CREATING = Duration.ofHours(23);
  private static final Duration CLOSING = Duration.ofHours(1);

  private final int rows;
  private final int lag;
  private final TimeSlots creating;
  private final TimeSlots closing;

  DayHours(LocalDate day, int rows) {
    Instant midnight = TimeSlots.midnight(day);
    this.rows = RowLimits.check(rows);
    this.lag = Math.max(1, rows / 10);
    this.creating = TimeSlots.of(midnight, CREATING, rows);
    this.closing = TimeSlots.of(midnight.plus(CREATING), CLOSING, lag);
  }

  public int rows() {
    return rows;
  }

  /** After how many further rows a row changes. */
  public int lag() {
    return lag;
  }

  /** When the n-th row is created. */
  Instant created(int index, Draws draws) {
    return creating.within(index, draws);
  }

  /** When a row changes, if all rows before {@code step} have been created. */
  public Instant changing(int step) {
    return step < rows ? creating.start(step) : closing.start(step - rows);
  }
}
