package dev.changelake.produce.world;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;

/** The web log of one day, in Apache's Combined Log Format, in the order of time. */
public final class WeblogDay {
  private static final int HOME_PERCENT = 85;
  private static final int REPEAT_PERCENT = 1;
  private static final WordList USER_AGENTS = WordList.read("user-agents.txt");

  private final World world;
  private final Networks networks;
  private final Dice dice;
  private final LocalDate day;
  private final TimeSlots slots;

  WeblogDay(World world, Networks networks, LocalDate day, int rows) {
    this.world = world;
    this.networks = networks;
    this.dice = world.dice(LogLine.TABLE, day);
    this.day = day;
    this.slots = TimeSlots.of(TimeSlots.midnight(day), Duration.ofDays(1), RowLimits.check(rows));
  }

  /** When the n-th request, from 0, arrived. */
  public Instant at(int index) {
    int original = original(index);
    return slots.within(original, dice.roll("at", original));
  }

  /** The n-th line, from 0. */
  public LogLine line(int index) {
    return new LogLine(day, index + 1L, text(original(index)));
  }

  /** Now and then the same request arrives twice in a row; both lines are equal. */
  private int original(int index) {
    int original = index;
    while (original > 0 && dice.roll("repeat", original).chance(REPEAT_PERCENT)) {
      original--;
    }
    return original;
  }

  private String text(int index) {
    Customer customer = world.customers().get(world.customers().draw(dice.roll("user", index)));
    return address(customer, index)
        + " - "
        + customer.userName()
        + " ["
        + LogTime.format(at(index))
        + "] "
        + WebRequest.draw(dice.roll("request", index), world)
        + " \""
        + userAgent(customer, index)
        + "\"";
  }

  private String address(Customer customer, int index) {
    Draws draws = dice.roll("address", index);
    return draws.chance(HOME_PERCENT)
        ? networks.address(
            customer.country(), world.dice("addresses", day).roll("home", customer.id()))
        : networks.address(draws);
  }

  /** A customer keeps to one device on a day, mostly. */
  private String userAgent(Customer customer, int index) {
    Draws draws = dice.roll("user_agent", index);
    return draws.chance(HOME_PERCENT)
        ? USER_AGENTS.pickEarly(world.dice("devices", day).roll("own", customer.id()))
        : USER_AGENTS.pickEarly(draws);
  }
}
