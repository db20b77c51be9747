package dev.changelake.oracle;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Applies batches of records and states what every table must hold afterwards.
 *
 * <p>All in memory and one record after the other: slow, plain, and easy to check by hand.
 */
public final class Oracle {

  /** Reason given for a winner that claimed somebody else's order. */
  public static final String SOURCE_CONFLICT = "source_conflict";

  /** Reason given for an update that left out what nobody knows. */
  public static final String UNRESOLVED = "unresolved";

  private static final Comparator<LogRecord> LOG_ORDER =
      Comparator.comparing(LogRecord::topic)
          .thenComparingInt(LogRecord::partition)
          .thenComparingLong(LogRecord::offset);

  private final Map<SourceTable, Target> targets = new LinkedHashMap<>();
  private final Map<String, Long> nextOffsets = new HashMap<>();
  private OracleState state;

  /** Expects web logs as they were written. */
  public Oracle() {
    this(UnaryOperator.identity());
  }

  /**
   * Expects web logs with more columns than their lines have.
   *
   * @param weblogs makes of a web log's cells those that its row is to have, when it is stored
   */
  public Oracle(UnaryOperator<SortedMap<String, Object>> weblogs) {
    for (SourceTable table : SourceTable.values()) {
      if (table.isStored()) {
        targets.put(
            table,
            switch (table) {
              case ORDERS -> new OrdersTarget();
              case WEBLOGS -> new WeblogsTarget(weblogs);
              default -> new MergeTarget();
            });
      }
    }
    state = fold(-1, List.of());
  }

  /**
   * Applies one batch, given in any order, and returns what stands after it.
   *
   * @throws IllegalArgumentException when a record's topic belongs to no table, or its offset was
   *     applied before
   * @throws IllegalStateException when a key's log position fell back, which the job refuses to
   *     decide
   */
  public OracleState apply(long n, Collection<LogRecord> records) {
    List<LogRecord> ordered = new ArrayList<>(records);
    ordered.sort(LOG_ORDER);
    List<Landed> landed = ordered.stream().map(RecordReader::read).toList();
    ordered.forEach(this::advance);
    state = fold(n, landed);
    return state;
  }

  /** What stands after the last batch. */
  public OracleState state() {
    return state;
  }

  public SortedMap<String, SortedMap<String, Object>> rows(String table) {
    return state.rows(table);
  }

  public OracleLedger ledger(String table) {
    return state.ledger(table);
  }

  private void advance(LogRecord record) {
    String line = record.topic() + "-" + record.partition();
    if (record.offset() < nextOffsets.getOrDefault(line, 0L)) {
      throw new IllegalArgumentException("Applied before: " + record.place());
    }
    nextOffsets.put(line, record.offset() + 1);
  }

  private OracleState fold(long n, List<Landed> landed) {
    Map<String, SortedMap<String, SortedMap<String, Object>>> rows = new HashMap<>();
    Map<String, OracleLedger> ledgers = new HashMap<>();
    Map<String, SortedMap<String, String>> quarantined = new HashMap<>();
    targets.forEach(
        (table, target) -> {
          List<Landed> own = landed.stream().filter(each -> feeds(each, table)).toList();
          Tally tally = new Tally();
          SortedMap<String, String> refused = new TreeMap<>();
          for (Landed each : own) {
            if (each.landing() == Landing.QUARANTINED) {
              refused.put(each.record().place(), each.reason());
            }
          }
          refused.putAll(target.apply(n, own, tally));
          rows.put(table.table(), Collections.unmodifiableSortedMap(new TreeMap<>(target.rows())));
          ledgers.put(table.table(), tally.ledger(table.table()));
          quarantined.put(table.table(), Collections.unmodifiableSortedMap(refused));
        });
    return new OracleState(
        n, Map.copyOf(rows), Map.copyOf(ledgers), Map.copyOf(quarantined), landings(landed));
  }

  private static Map<String, Map<Landing, Long>> landings(List<Landed> landed) {
    Map<String, Map<Landing, Long>> landings = new HashMap<>();
    for (SourceTable table : SourceTable.values()) {
      Map<Landing, Long> own = new EnumMap<>(Landing.class);
      landed.stream()
          .filter(each -> each.source() == table)
          .forEach(each -> own.merge(each.landing(), 1L, Long::sum));
      landings.put(table.table(), Collections.unmodifiableMap(own));
    }
    return Map.copyOf(landings);
  }

  private static boolean feeds(Landed landed, SourceTable target) {
    SourceTable source = landed.source();
    return (source.isStored() ? source : SourceTable.ORDERS) == target;
  }
}
