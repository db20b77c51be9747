package dev.changelake.produce.world;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The orders that the platform holds at the start, in the order of time. */
public final class PlatformOrders {
  /** Keeps the leads of these orders apart from those of the CRM's daily feed. */
  private static final long FIRST_LEAD = 1_000_000_000L;

  private final World world;
  private final Dice dice;
  private final TimeSlots slots;

  PlatformOrders(World world) {
    WorldParameters parameters = world.parameters();
    this.world = world;
    this.dice = new Dice(parameters.seed(), Order.TABLE, parameters.start());
    Instant first = TimeSlots.midnight(WorldParameters.FIRST_ORDERS);
    Duration span = Duration.between(first, TimeSlots.midnight(parameters.start()));
    long micros = span.toSeconds() * 1_000_000L / parameters.rows();
    this.slots = new TimeSlots(first, micros);
  }

  /** The n-th order of the start, from 0. */
  public Order ofStart(int index) {
    long id = index + 1L;
    long product = world.products().draw(dice.roll("prod_id", id));
    boolean leadSale = dice.roll("is_lead_sale", id).chance(50);
    return new Order(
        id,
        product,
        world.customers().draw(dice.roll("customer_id", id)),
        Prices.money(
            Prices.quoteCents(
                world.products().unitCents(product), dice.roll("prod_quote_price", id))),
        leadSale,
        leadSale ? Optional.of(FIRST_LEAD + id) : Optional.empty(),
        world.companies().drawStable(dice.roll("company_id", id)),
        slots.within(index, dice.roll("created_date", id)));
  }
}
