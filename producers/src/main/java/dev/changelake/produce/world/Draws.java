package dev.changelake.produce.world;

/**
 * One stream of draws: SplitMix64, written out here because no library promises the same numbers
 * for ever.
 */
final class Draws {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private long state;

  Draws(long state) {
    this.state = state;
  }

  /** Any whole number. */
  long next() {
    state += GOLDEN;
    return mix(state);
  }

  /** A number from 0 to {@code bound} - 1. */
  long below(long bound) {
    if (bound < 1) {
      throw new IllegalArgumentException("bound must be at least 1, was " + bound);
    }
    return (next() >>> 1) % bound;
  }

  /** A number from {@code lowest} to {@code highest}, both possible. */
  long between(long lowest, long highest) {
    return lowest + below(highest - lowest + 1);
  }

  /** True in so many cases of a hundred. */
  boolean chance(int percent) {
    return below(100) < percent;
  }

  static long mix(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
