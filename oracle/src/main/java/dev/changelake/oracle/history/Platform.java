package dev.changelake.oracle.history;

import dev.changelake.oracle.SourceTable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** The model's live rows, by table and key. */
final class Platform {

  private final Random random;
  private final HistoryRates rates;
  private final RowMaker rows;
  private final Map<SourceTable, Map<List<Object>, Map<String, Object>>> live =
      new EnumMap<>(SourceTable.class);

  Platform(Random random, HistoryRates rates) {
    this.random = random;
    this.rates = rates;
    this.rows = new RowMaker(random, rates.keys());
    for (SourceTable table : SourceTable.values()) {
      live.put(table, new LinkedHashMap<>());
    }
  }

  Map<String, Object> row(SourceTable table, List<Object> key) {
    return live.get(table).get(key);
  }

  List<List<Object>> keys(SourceTable table) {
    return new ArrayList<>(live.get(table).keySet());
  }

  void put(SourceTable table, Map<String, Object> row) {
    live.get(table).put(table.key().stream().map(row::get).toList(), row);
  }

  void remove(SourceTable table, List<Object> key) {
    live.get(table).remove(key);
  }

  void clear(SourceTable table) {
    live.get(table).clear();
  }

  /** A new state of the row with this key; an order id for a lead included. */
  Map<String, Object> invent(SourceTable table, List<Object> key) {
    Map<String, Object> row = rows.row(table, key);
    if (table == SourceTable.LEADS) {
      Map<String, Object> known = row(table, key);
      boolean keep = known != null && known.get("order_id") != null && random.nextInt(3) > 0;
      row.put("order_id", keep ? known.get("order_id") : random.nextInt(5) > 0 ? orderId() : null);
    }
    return row;
  }

  /** A key to write: often one that is there, for orders mostly one that nobody else has. */
  List<Object> anyKey(SourceTable table) {
    List<List<Object>> known = keys(table);
    boolean full = table != SourceTable.WEBLOGS && known.size() >= rates.keys();
    if (full || !known.isEmpty() && random.nextInt(3) > 0) {
      return known.get(random.nextInt(known.size()));
    }
    return switch (table) {
      case ORDERS, COMPANY_ORDERS -> List.of(orderId());
      case WEBLOGS -> rows.weblogKey();
      default -> List.of(1L + random.nextInt(rates.keys()));
    };
  }

  /**
   * An order id: free as far as the model knows, or careless; three tables leave a quarter free.
   */
  Long orderId() {
    long space = 4L * rates.keys();
    long drawn = 1 + random.nextInt((int) space);
    if (random.nextDouble() < rates.conflict()) {
      return drawn;
    }
    Set<Long> used = usedOrderIds();
    for (long step = 0; step < space; step++) {
      long candidate = 1 + (drawn + step) % space;
      if (!used.contains(candidate)) {
        return candidate;
      }
    }
    throw new IllegalStateException("Three tables of " + rates.keys() + " rows use all ids");
  }

  private Set<Long> usedOrderIds() {
    Set<Long> used = new TreeSet<>();
    for (SourceTable table :
        List.of(SourceTable.ORDERS, SourceTable.LEADS, SourceTable.COMPANY_ORDERS)) {
      for (Map<String, Object> row : live.get(table).values()) {
        if (row.get("order_id") != null) {
          used.add((Long) row.get("order_id"));
        }
      }
    }
    return used;
  }
}
