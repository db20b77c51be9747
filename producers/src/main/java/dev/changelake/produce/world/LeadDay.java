package dev.changelake.produce.world;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * The leads that are created on one day, and what becomes of them on that day and the next.
 *
 * <p>Each lead has at most one turn. As many leads as each other take each turn on each of the two
 * days, one at least.
 */
public final class LeadDay {
  private static final int TURNS = LeadTurn.values().length;

  private final World world;
  private final Dice dice;
  private final DayIds ids;
  private final DayIds nextIds;
  private final DayHours hours;
  private final Scatter scatter;
  private final int aTurn;
  private final int odd;

  LeadDay(World world, LocalDate day, int rows) {
    this.world = world;
    this.dice = world.dice(Lead.TABLE, day);
    this.ids = new DayIds(day);
    this.nextIds = new DayIds(day.plusDays(1));
    this.hours = new DayHours(day, rows);
    this.scatter = new Scatter(rows, dice.roll("scatter", 0));
    this.aTurn = turnsOfAKind(rows);
    this.odd = rows / 100;
  }

  /** How many of a day's leads take the same turn on the same day. */
  static int turnsOfAKind(int rows) {
    return Math.max(1, rows / 50);
  }

  /** How many leads take a turn on the day of their creation; as many do on the next. */
  public static int turnsADay(int rows) {
    return TURNS * turnsOfAKind(rows);
  }

  /** When things happen on this day. */
  public DayHours hours() {
    return hours;
  }

  /** The n-th lead of the day, from 0, as it was created. */
  public Lead created(int index) {
    long product = world.products().draw(dice.roll("prod_id", index));
    long quote =
        Prices.quoteCents(
            world.products().unitCents(product), dice.roll("prod_quote_price", index));
    boolean sale = isSale(index);
    return new Lead(
        ids.lead(index),
        product,
        Prices.money(quote),
        Prices.money(Prices.valueCents(quote, dice.roll("quote_value", index))),
        sale,
        sale == isOdd(index) ? Optional.empty() : Optional.of(ids.leadOrder(index)),
        world.customers().draw(dice.roll("customer_id", index)),
        world.companies().drawStable(dice.roll("company_id", index)),
        createdAt(index));
  }

  /** When the n-th lead was created. */
  public Instant createdAt(int index) {
    return hours.created(index, dice.roll("created_date", index));
  }

  /** The turn that the lead takes on the day of its creation. */
  public Optional<LeadTurn> turnThisDay(int index) {
    return turn(scatter.place(index) / aTurn);
  }

  /** The turn that the lead takes on the next day. */
  public Optional<LeadTurn> turnNextDay(int index) {
    return turn(scatter.place(index) / aTurn - TURNS);
  }

  /** The lead after its turn; a deleted one as it was. */
  public Lead turned(int index) {
    Lead lead = created(index);
    Optional<LeadTurn> today = turnThisDay(index);
    LeadTurn turn = today.or(() -> turnNextDay(index)).orElseThrow();
    long newOrder = today.isPresent() ? ids.lateOrder(index) : nextIds.carriedOrder(index);
    return switch (turn) {
      // Half of them keep the order's id: without a sale it is no order all the same.
      case UNSOLD -> lead.with(false, index % 2 == 0 ? lead.orderId() : Optional.empty());
      case SOLD, REORDERED -> lead.with(true, Optional.of(newOrder));
      case DELETED -> lead;
    };
  }

  private boolean isSale(int index) {
    int place = scatter.place(index);
    return turn(place / aTurn)
        .or(() -> turn(place / aTurn - TURNS))
        .filter(turn -> turn != LeadTurn.DELETED)
        .map(turn -> turn != LeadTurn.SOLD)
        .orElseGet(() -> dice.roll("is_lead_sale", index).chance(50));
  }

  /** A sale that lacks its order yet, or an order without a sale. */
  private boolean isOdd(int index) {
    int place = scatter.place(index) - 2 * TURNS * aTurn;
    return place >= 0 && place < odd;
  }

  private static Optional<LeadTurn> turn(int kind) {
    return kind >= 0 && kind < TURNS ? Optional.of(LeadTurn.values()[kind]) : Optional.empty();
  }
}
