package dev.changelake.local;

import java.time.Duration;

/** A point in time until which something is looked at again and again. */
record Deadline(long nanos) {
  private static final long PAUSE_MILLIS = 50;

  static Deadline in(Duration limit) {
    return new Deadline(System.nanoTime() + limit.toNanos());
  }

  boolean passed() {
    return System.nanoTime() - nanos > 0;
  }

  void pause() throws InterruptedException {
    Thread.sleep(PAUSE_MILLIS);
  }
}
