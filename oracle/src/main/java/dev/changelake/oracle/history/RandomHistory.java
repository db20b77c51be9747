package dev.changelake.oracle.history;

import static dev.changelake.oracle.SourceTable.COMPANIES;
import static dev.changelake.oracle.SourceTable.COMPANY_ORDERS;
import static dev.changelake.oracle.SourceTable.CUSTOMERS;
import static dev.changelake.oracle.SourceTable.LEADS;
import static dev.changelake.oracle.SourceTable.ORDERS;
import static dev.changelake.oracle.SourceTable.PRODUCTS;
import static dev.changelake.oracle.SourceTable.WEBLOGS;

import dev.changelake.oracle.Column;
import dev.changelake.oracle.ColumnType;
import dev.changelake.oracle.SourceTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A random history of the platform, the same for the same seed and rates. */
public final class RandomHistory {

  private static final List<SourceTable> DRAWN =
      List.of(
          COMPANIES,
          CUSTOMERS,
          PRODUCTS,
          WEBLOGS,
          ORDERS,
          ORDERS,
          COMPANY_ORDERS,
          COMPANY_ORDERS,
          LEADS,
          LEADS,
          LEADS,
          LEADS);

  private static final String LEFT_OUT = "__debezium_unavailable_value";

  private final long seed;
  private final HistoryRates rates;
  private final Random random;
  private final Platform platform;
  private final Emitter emitter;
  private final SourceClock clock;
  private final LeadMoves leadMoves;
  private final Garbage garbage;

  public RandomHistory(long seed) {
    this(seed, HistoryRates.wild());
  }

  /** Prints the seed, so that a failed test can be repeated. */
  public RandomHistory(long seed, HistoryRates rates) {
    System.out.println("RandomHistory seed " + seed + " " + rates);
    this.seed = seed;
    this.rates = rates;
    this.random = new Random(seed);
    this.platform = new Platform(random, rates);
    this.emitter = new Emitter(random);
    this.clock = new SourceClock(random, rates.equalLsn());
    this.leadMoves = new LeadMoves(random, platform, emitter, clock);
    this.garbage = new Garbage(random, platform, emitter);
  }

  public long seed() {
    return seed;
  }

  /** The database's rows as they are after the last step. */
  Platform platform() {
    return platform;
  }

  /** The records of the next batch, to be sent in this order; may be empty. */
  public List<OutRecord> nextBatch() {
    if (chance(rates.emptyBatch())) {
      return List.of();
    }
    int steps = 1 + random.nextInt(rates.stepsPerBatch());
    for (int i = 0; i < steps; i++) {
      step(DRAWN.get(random.nextInt(DRAWN.size())));
    }
    return emitter.take(chance(rates.carry()) ? 1 + random.nextInt(2) : 0);
  }

  private void step(SourceTable table) {
    if (chance(rates.garbage())) {
      garbage.emit(table, clock.next());
    } else if (chance(rates.replay())) {
      emitter.replay(1 + random.nextInt(random.nextInt(4) == 0 ? 150 : 15));
    } else if (chance(rates.incremental())) {
      snapshot(table, clock.now().incremental());
    } else if (table != WEBLOGS && chance(rates.orphan())) {
      emitter.tombstone(table, platform.anyKey(table));
    } else if (table != WEBLOGS && chance(rates.truncate())) {
      emitter.truncate(table, clock.next());
      platform.clear(table);
    } else if (table == WEBLOGS) {
      weblog();
    } else if (table == LEADS && random.nextInt(3) == 0) {
      leadMoves.step();
    } else {
      row(table);
    }
  }

  private void row(SourceTable table) {
    List<Object> key = platform.anyKey(table);
    switch (random.nextInt(12)) {
      case 0, 1 -> delete(table, key);
      case 3 -> reinsert(table, key);
      case 4 -> {
        if (random.nextInt(4) == 0) {
          snapshot(table, clock.next().snapshot(random.nextBoolean() ? "true" : "first"));
        } else {
          write(table, key);
        }
      }
      default -> write(table, key);
    }
  }

  private void write(SourceTable table, List<Object> key) {
    Map<String, Object> before = platform.row(table, key);
    Map<String, Object> after = platform.invent(table, key);
    boolean leavesOut = before != null && chance(rates.leftOut());
    Map<String, Object> sent = leavesOut ? leaveOut(table, before, after) : after;
    platform.put(table, after);
    emitter.insertOrUpdate(table, before, sent, clock.next());
  }

  /** Keeps some texts as they were, and returns the row as it is sent: without some of these. */
  private Map<String, Object> leaveOut(
      SourceTable table, Map<String, Object> before, Map<String, Object> after) {
    Map<String, Object> sent = new HashMap<>(after);
    for (Column column : table.columns()) {
      if (column.type() == ColumnType.STRING && random.nextBoolean()) {
        Object kept = before.get(column.name());
        after.put(column.name(), kept);
        sent.put(column.name(), random.nextInt(3) > 0 ? LEFT_OUT : kept);
      }
    }
    return sent;
  }

  /** Deletes what may not be there; the tombstone seldom lacks. */
  private void delete(SourceTable table, List<Object> key) {
    emitter.delete(table, key, platform.row(table, key), clock.next());
    platform.remove(table, key);
    if (random.nextInt(15) > 0) {
      emitter.tombstone(table, key);
    }
  }

  private void reinsert(SourceTable table, List<Object> key) {
    int times = 1 + random.nextInt(2);
    for (int i = 0; i < times; i++) {
      delete(table, key);
      write(table, key);
    }
  }

  /** Reads rows that are there: all events share one place in the log, or have none. */
  private void snapshot(SourceTable table, SourceInfo source) {
    boolean whole = random.nextBoolean();
    for (List<Object> key : platform.keys(table)) {
      if (whole || random.nextBoolean()) {
        emitter.change(table, "r", null, platform.row(table, key), source);
      }
    }
  }

  /** A new line, the same line again, or, rarely, another line under a known key. */
  private void weblog() {
    List<Object> key = platform.anyKey(WEBLOGS);
    Map<String, Object> known = platform.row(WEBLOGS, key);
    boolean same = known != null && random.nextInt(5) > 0;
    Map<String, Object> row = same ? known : platform.invent(WEBLOGS, key);
    platform.put(WEBLOGS, row);
    emitter.change(WEBLOGS, random.nextInt(5) == 0 ? "r" : "c", null, row, clock.next());
  }

  private boolean chance(double rate) {
    return random.nextDouble() < rate;
  }
}
