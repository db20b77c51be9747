package dev.changelake.compact.align;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The greatest end over all partitions at which no transaction is torn.
 *
 * <p>What is whole, with all that stands before it in its partitions, is settled and forgotten:
 * more than the open transactions is never in memory, as long as partitions are read side by side.
 */
final class Boundary {
  /** So many parts are looked at together; fewer would be looked at again and again. */
  private static final int PARTS = 20_000;

  /** So many transactions are remembered as whole, so that what is said of them again is known. */
  private static final int REMEMBERED = 100_000;

  private final Instant now;
  private final Map<String, SourceTransaction> open = new LinkedHashMap<>();
  private final Map<String, Boolean> whole =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > REMEMBERED;
        }
      };
  private final Map<Partition, PartitionTail> tails = new HashMap<>();
  private final Map<String, SourceTransaction> last = new HashMap<>();
  private int parts;
  private int full = PARTS;

  /** Where a batch begins in one partition. */
  record Partition(String topic, int number) {}

  /**
   * A boundary of batches.
   *
   * @param starts where the batch begins; what is read before that is counted alone
   * @param now when the batch is planned
   */
  Boundary(Map<Partition, Long> starts, Instant now) {
    starts.forEach((partition, start) -> tails.put(partition, new PartitionTail(start)));
    this.now = now;
  }

  /** An event of a transaction, in its partition's order. */
  void event(String transactionTopic, EventBlock block, Partition at, long offset, long written) {
    find(transactionTopic, block.transaction())
        .ifPresent(
            transaction -> {
              PartitionTail tail = tails.get(at);
              if (transaction.event(at.topic(), tail, block)
                  && tail.add(transaction, offset, written)
                  && ++parts >= full) {
                settle();
                full = Math.max(PARTS, 2 * parts);
              }
            });
  }

  void begin(String transactionTopic, String id) {
    find(transactionTopic, id).ifPresent(SourceTransaction::begin);
  }

  /**
   * The end of a transaction.
   *
   * @param counts how many events it has in each topic of the batch
   */
  void end(
      String transactionTopic, String id, Map<String, Long> counts, long offset, Instant written) {
    find(transactionTopic, id)
        .ifPresent(
            transaction -> {
              transaction.end(counts, offset, written);
              if (transaction.isForeign()) {
                open.remove(key(transactionTopic, id));
              }
            });
  }

  /** Where the partition's batch ends; empty if all that was read belongs to it. */
  Optional<PartitionTail.Part> firstLeft(Partition partition) {
    return tails.get(partition).parts().stream().findFirst();
  }

  /** Of each topic of transactions, the last transaction that the batch brings. */
  Collection<SourceTransaction> last() {
    return last.values();
  }

  /**
   * The first transaction that is not whole and could have been brought, in the order of reading.
   */
  Optional<SourceTransaction> waitsFor() {
    return open.values().stream()
        .filter(transaction -> !transaction.firsts().isEmpty() && !transaction.isWhole(now))
        .findFirst();
  }

  /** Takes all that can be taken, and forgets it. */
  void settle() {
    tails.values().forEach(PartitionTail::takeAll);
    Set<SourceTransaction> out = new HashSet<>();
    Deque<SourceTransaction> work = new ArrayDeque<>();
    for (SourceTransaction transaction : open.values()) {
      if (!transaction.isWhole(now) && out.add(transaction)) {
        work.add(transaction);
      }
    }
    while (!work.isEmpty()) {
      work.remove()
          .firsts()
          .forEach(
              (tail, offset) ->
                  tail.takeBefore(
                      offset,
                      torn -> {
                        if (out.add(torn)) {
                          work.add(torn);
                        }
                      }));
    }
    for (PartitionTail tail : tails.values()) {
      parts -= tail.settle(this::brings);
    }
    open.values().removeIf(transaction -> !out.contains(transaction) && remember(transaction));
  }

  private void brings(SourceTransaction transaction) {
    last.merge(
        transaction.transactionTopic(), transaction, (a, b) -> a.place() > b.place() ? a : b);
  }

  private boolean remember(SourceTransaction transaction) {
    whole.put(key(transaction.transactionTopic(), transaction.id()), true);
    return true;
  }

  /** Empty if the transaction is whole, and all that is said of it again is a replay. */
  private Optional<SourceTransaction> find(String transactionTopic, String id) {
    String key = key(transactionTopic, id);
    return whole.containsKey(key)
        ? Optional.empty()
        : Optional.of(
            open.computeIfAbsent(key, absent -> new SourceTransaction(transactionTopic, id)));
  }

  private static String key(String transactionTopic, String id) {
    return transactionTopic + " " + id;
  }
}
