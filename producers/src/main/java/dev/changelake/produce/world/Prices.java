package dev.changelake.produce.world;

import java.math.BigDecimal;

/** Amounts of money, drawn in cents so that nothing is ever rounded twice. */
final class Prices {
  private Prices() {}

  /** From one unit to five thousand; cheap things are as many as dear ones. */
  static long unitCents(Draws draws) {
    return switch ((int) draws.below(3)) {
      case 0 -> draws.between(100, 2_000);
      case 1 -> draws.between(2_000, 30_000);
      default -> draws.between(30_000, 500_000);
    };
  }

  /** 97 to 160 percent of the unit price, so that a sale mostly brings a profit. */
  static long quoteCents(long unitCents, Draws draws) {
    return Math.max(100, percent(unitCents, draws.between(97, 160)));
  }

  /** 1.5 to 5 times the quoted price. */
  static long valueCents(long quoteCents, Draws draws) {
    return percent(quoteCents, draws.between(150, 500));
  }

  static BigDecimal money(long cents) {
    return BigDecimal.valueOf(cents, 2);
  }

  private static long percent(long cents, long percent) {
    return (cents * percent + 50) / 100;
  }
}
