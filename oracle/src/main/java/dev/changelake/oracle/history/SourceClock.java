package dev.changelake.oracle.history;

import java.util.Random;

/** The database's log position, which grows but now and then stands still. */
final class SourceClock {

  private final Random random;
  private final double equalLsn;
  private long lsn = 24_000_000L;
  private long txId = 700;
  private long tsMs = 1_767_225_600_000L;

  SourceClock(Random random, double equalLsn) {
    this.random = random;
    this.equalLsn = equalLsn;
  }

  SourceInfo next() {
    if (random.nextDouble() >= equalLsn) {
      lsn += 8L * (1 + random.nextInt(20));
      txId++;
      tsMs += random.nextInt(50);
    }
    return now();
  }

  SourceInfo now() {
    return new SourceInfo(lsn, txId, tsMs, "false");
  }
}
