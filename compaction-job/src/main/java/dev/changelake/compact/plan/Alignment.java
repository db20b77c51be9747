package dev.changelake.compact.plan;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How a batch was made to end between the source's transactions.
 *
 * @param lastTransactions for each topic of transactions, the last one that the batch brings
 * @param left for each topic, how many offsets were there and were left to the next batch
 * @param waitsFor the first transaction that had not come whole
 * @param oldestLeft when the oldest of the records that were left was written
 * @param otherTables tables of the batch's transactions that have no contract, so that their
 *     changes are in no batch
 */
public record Alignment(
    Map<String, String> lastTransactions,
    Map<String, Long> left,
    Optional<Waiting> waitsFor,
    Optional<Instant> oldestLeft,
    Set<String> otherTables) {
  public Alignment {
    lastTransactions = new TreeMap<>(lastTransactions);
    left = new TreeMap<>(left);
    if (waitsFor.isPresent() != oldestLeft.isPresent()) {
      throw new IllegalArgumentException("Records are left exactly if a transaction is not whole");
    }
    otherTables = new TreeSet<>(otherTables);
  }

  /**
   * A transaction that had not come whole.
   *
   * @param read how many of its events had come in each topic
   * @param expected how many it has there; empty if its end had not come
   */
  public record Waiting(
      String transaction, Map<String, Long> read, Optional<Map<String, Long>> expected) {
    public Waiting {
      read = new TreeMap<>(read);
      expected = expected.map(TreeMap::new);
    }
  }
}
