package dev.changelake.produce.world;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/** The orders that companies send on one day, and what becomes of them on that day. */
public final class CompanyOrderDay {
  private static final int TURNS = Turn.values().length;

  private final World world;
  private final Dice dice;
  private final DayIds ids;
  private final DayHours hours;
  private final Scatter scatter;
  private final int aTurn;

  CompanyOrderDay(World world, LocalDate day, int rows) {
    this.world = world;
    this.dice = world.dice(CompanyOrder.TABLE, day);
    this.ids = new DayIds(day);
    this.hours = new DayHours(day, rows);
    this.scatter = new Scatter(rows, dice.roll("scatter", 0));
    this.aTurn = turnsOfAKind(rows);
  }

  /** What can happen to an order after its creation. */
  public enum Turn {
    /** It gets another price. */
    REQUOTED,
    DELETED
  }

  /** How many orders take a turn on the day of their creation. */
  public static int turnsADay(int rows) {
    return TURNS * turnsOfAKind(rows);
  }

  /** When things happen on this day. */
  public DayHours hours() {
    return hours;
  }

  /** The n-th order of the day, from 0, as it was created. */
  public CompanyOrder created(int index) {
    return order(index, "");
  }

  /** When the n-th order was created. */
  public Instant createdAt(int index) {
    return hours.created(index, dice.roll("created_date", index));
  }

  /** The turn that the order takes later on the day. */
  public Optional<Turn> turn(int index) {
    int kind = scatter.place(index) / aTurn;
    return kind < TURNS ? Optional.of(Turn.values()[kind]) : Optional.empty();
  }

  /** The order after its turn; a deleted one as it was. */
  public CompanyOrder turned(int index) {
    return turn(index).orElseThrow() == Turn.REQUOTED ? order(index, ".requoted") : created(index);
  }

  private CompanyOrder order(int index, String quoting) {
    long product = world.products().draw(dice.roll("prod_id", index));
    long quote =
        Prices.quoteCents(
            world.products().unitCents(product), dice.roll("prod_quote_price" + quoting, index));
    return new CompanyOrder(
        product,
        Prices.money(quote),
        Prices.money(Prices.valueCents(quote, dice.roll("quote_value" + quoting, index))),
        ids.companyOrder(index),
        world.customers().draw(dice.roll("customer_id", index)),
        world.companies().drawStable(dice.roll("company_id", index)),
        world.products().supplier(product),
        createdAt(index));
  }

  private static int turnsOfAKind(int rows) {
    return Math.max(1, rows / 50);
  }
}
