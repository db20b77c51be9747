package dev.changelake.local;

import java.time.Duration;

/** A point in time until which something is looked at again and again. */
public record Deadline(long nanos) {
  private static final long PAUSE_MILLIS = 50;

  public static Deadline in(Duration limit) {
    return new Deadline(System.nanoTime() + limit.toNanos());
  }

  public boolean passed() {
    return System.nanoTime() - nanos > 0;
  }

  public void pause() throws InterruptedException {
    Thread.sleep(PAUSE_MILLIS);
  }
}
