package dev.changelake.produce.world;

/** A permutation of 0 to {@code size} - 1 that spreads neighbours and needs no memory. */
final class Scatter {
  private final int size;
  private final long factor;
  private final long offset;

  Scatter(int size, Draws draws) {
    this.size = size;
    this.factor = coprime(draws.between(size / 3, size - 1L), size);
    this.offset = draws.below(size);
  }

  /** The place of that element. */
  int place(int element) {
    return (int) ((factor * element + offset) % size);
  }

  private static long coprime(long from, int size) {
    long candidate = Math.max(1, from);
    while (gcd(candidate, size) != 1) {
      candidate++;
    }
    return candidate;
  }

  private static long gcd(long a, long b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}
