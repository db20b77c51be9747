package dev.changelake.compact.align;

import dev.changelake.compact.plan.Alignment;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What is known so far of one transaction of the source. */
final class SourceTransaction {
  /**
   * After so long a producer has no record on its way any more: it gives up after two minutes, and
   * the connector then begins the transaction again.
   */
  static final Duration SETTLED = Duration.ofMinutes(5);

  private final String transactionTopic;
  private final String id;
  private final Map<String, Long> read = new TreeMap<>();

  /** The first record of each partition that the batch could bring, by its offset. */
  private final Map<PartitionTail, Long> firsts = new HashMap<>();

  private final Map<PartitionTail, EventBlock> newest = new HashMap<>();

  private Optional<Map<String, Long>> counts = Optional.empty();
  private boolean begun;
  private boolean begunAgain;
  private Instant ended = Instant.MAX;
  private long place = Long.MAX_VALUE;

  SourceTransaction(String transactionTopic, String id) {
    this.transactionTopic = transactionTopic;
    this.id = id;
  }

  String transactionTopic() {
    return transactionTopic;
  }

  String id() {
    return id;
  }

  Map<PartitionTail, Long> firsts() {
    return firsts;
  }

  /** Where its end stands in the topic of transactions; transactions end in their order. */
  long place() {
    return place;
  }

  /**
   * One of its events was read; false if it was read before, in the same partition.
   *
   * <p>Within a partition positions rise until the connector says something again; rows of a COPY
   * share theirs, and their orders rise. The order alone would not do: a connector that is started
   * again within a transaction counts from one again.
   */
  boolean event(String topic, PartitionTail partition, EventBlock block) {
    EventBlock last = newest.get(partition);
    if (last != null && !isAfter(block, last)) {
      return false;
    }
    newest.put(partition, block);
    read.merge(topic, 1L, Long::sum);
    return true;
  }

  private static boolean isAfter(EventBlock block, EventBlock last) {
    return block.position() == last.position()
        ? block.order() > last.order()
        : block.position() > last.position();
  }

  void begin() {
    begunAgain |= begun && counts.isEmpty();
    begun = true;
  }

  /**
   * Its end was read.
   *
   * <p>If the connector was started again within it, its end counts the events since then alone. If
   * it was started again after it, there may be another end, which counts none.
   */
  void end(Map<String, Long> events, long offset, Instant written) {
    if (counts.isEmpty()) {
      counts = Optional.of(new TreeMap<>(events));
      ended = written;
      place = offset;
    } else if (begunAgain) {
      events.forEach((topic, count) -> counts.get().merge(topic, count, Math::max));
    }
  }

  /** Whether nobody needs to be told of it: it has no event in any batch, and never will. */
  boolean isForeign() {
    return !begunAgain
        && read.isEmpty()
        && counts.filter(events -> events.values().stream().allMatch(n -> n == 0)).isPresent();
  }

  /**
   * Whether all its events were read. Of a transaction that was begun again the events that came
   * before look like those that come after, so it has to be over for a while, too.
   */
  boolean isWhole(Instant now) {
    return counts.isPresent()
        && counts.get().entrySet().stream()
            .allMatch(topic -> read.getOrDefault(topic.getKey(), 0L) >= topic.getValue())
        && (!begunAgain || ended.isBefore(now.minus(SETTLED)));
  }

  Alignment.Waiting waiting() {
    return new Alignment.Waiting(id, read, counts);
  }
}
