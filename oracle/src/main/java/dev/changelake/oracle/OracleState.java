package dev.changelake.oracle;

import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;

/**
 * What must stand after a batch; by table, all unmodifiable.
 *
 * @param n the batch
 * @param rows cells by row key (the key's values joined by a slash) and column
 * @param ledgers what became of the batch's records
 * @param quarantined the batch's refused records: place ({@code topic-partition@offset}) and a
 *     reason in the oracle's own words, {@code source_conflict} for conflicts, {@code unresolved}
 *     for updates that left out what nobody knows
 * @param landings how many of the batch's records of each captured table are what by themselves
 */
public record OracleState(
    long n,
    Map<String, SortedMap<String, SortedMap<String, Object>>> rows,
    Map<String, OracleLedger> ledgers,
    Map<String, SortedMap<String, String>> quarantined,
    Map<String, Map<Landing, Long>> landings) {

  public SortedMap<String, SortedMap<String, Object>> rows(String table) {
    return of(rows, table);
  }

  public OracleLedger ledger(String table) {
    return of(ledgers, table);
  }

  public SortedMap<String, String> quarantined(String table) {
    return of(quarantined, table);
  }

  /** What the batch's records of a captured table are; nothing is said of what none is. */
  public Map<Landing, Long> landings(String table) {
    return of(landings, table);
  }

  private static <T> T of(Map<String, T> byTable, String table) {
    return Objects.requireNonNull(byTable.get(table), () -> "No such table: " + table);
  }
}
