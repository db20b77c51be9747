package dev.changelake.produce.world;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;

/**
 * Gives each purpose and each row of a table's day a stream of its own, so that a draw more in one
 * place moves nothing in another, and any row can be told without those before it.
 */
final class Dice {
  private static final long FNV_OFFSET = 0xCBF29CE484222325L;
  private static final long FNV_PRIME = 0x100000001B3L;

  private final long base;

  Dice(long seed, String table, LocalDate day) {
    this.base = Draws.mix(Draws.mix(seed ^ hash(table)) + day.toEpochDay());
  }

  /** The stream for that purpose and that row. */
  Draws roll(String purpose, long index) {
    return new Draws(Draws.mix(Draws.mix(base ^ hash(purpose)) + index));
  }

  /** FNV-1a, for it is the same in every Java. */
  private static long hash(String text) {
    long hash = FNV_OFFSET;
    for (byte unit : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (unit & 0xFF)) * FNV_PRIME;
    }
    return hash;
  }
}
