package dev.changelake.produce.world;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** Cuts a span of time into equal slots, one a row, so that rows are in the order of time. */
record TimeSlots(Instant start, long micros) {
  TimeSlots {
    if (micros < 1) {
      throw new IllegalArgumentException("a slot must be at least a microsecond, was " + micros);
    }
  }

  static TimeSlots of(Instant start, Duration span, int slots) {
    return new TimeSlots(start, Math.max(1, span.toNanos() / 1000 / slots));
  }

  static Instant midnight(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  /** The moment at which the slot begins. */
  Instant start(int slot) {
    return start.plus(slot * micros, ChronoUnit.MICROS);
  }

  /** Some moment within the slot. */
  Instant within(int slot, Draws draws) {
    return start.plus(slot * micros + draws.below(micros), ChronoUnit.MICROS);
  }
}
