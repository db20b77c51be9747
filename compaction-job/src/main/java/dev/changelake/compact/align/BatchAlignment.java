package dev.changelake.compact.align;

import dev.changelake.compact.align.Boundary.Partition;
import dev.changelake.compact.plan.Alignment;
import dev.changelake.compact.plan.BatchEnd;
import dev.changelake.compact.plan.OffsetRange;
import dev.changelake.compact.plan.PartitionPlan;
import dev.changelake.compact.plan.TopicPlan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Takes the records of a batch's topics, and says how much of them the batch brings. */
final class BatchAlignment {
  private final List<TopicPlan> topics;
  private final SourceTopics sources;
  private final Set<String> transactionTopics;
  private final Map<Partition, Long> starts = new HashMap<>();
  private final Boundary boundary;
  private final Set<String> otherTables = new TreeSet<>();

  /**
   * A batch before it is read.
   *
   * @param transactionTopics the topics of transactions that there are
   */
  BatchAlignment(
      List<TopicPlan> topics, SourceTopics sources, Set<String> transactionTopics, Instant now) {
    this.topics = topics;
    this.sources = sources;
    this.transactionTopics = Set.copyOf(transactionTopics);
    for (TopicPlan topic : topics) {
      for (PartitionPlan partition : topic.partitions()) {
        OffsetRange range = partition.range();
        starts.put(new Partition(topic.topic(), range.partition()), range.start());
      }
    }
    this.boundary = new Boundary(starts, now);
  }

  /**
   * A record; those of a partition come in its order.
   *
   * @param written Kafka's time of the record, in milliseconds
   */
  void read(String topic, int partition, long offset, long written, byte[] value) {
    if (sources.isTransactionTopic(topic)) {
      if (value != null) {
        mark(topic, offset, written, value);
      }
    } else {
      event(new Partition(topic, partition), offset, written, EventBlock.of(value));
    }
  }

  private void mark(String topic, long offset, long written, byte[] value) {
    TransactionMark mark =
        TransactionMark.of(value).orElseThrow(() -> AlignErrors.unknownMark(topic, offset));
    if (mark.counts().isEmpty()) {
      boundary.begin(topic, mark.transaction());
      return;
    }
    Map<String, Long> counts = new TreeMap<>();
    mark.counts()
        .get()
        .forEach(
            (table, count) -> {
              String name = sources.topic(topic, table);
              if (sources.has(name)) {
                counts.put(name, count);
              } else {
                otherTables.add(table);
              }
            });
    boundary.end(topic, mark.transaction(), counts, offset, Instant.ofEpochMilli(written));
  }

  private void event(Partition at, long offset, long written, EventBlock block) {
    if (block.kind() == EventBlock.Kind.FREE) {
      return;
    }
    if (block.kind() == EventBlock.Kind.UNTOLD) {
      if (offset >= starts.get(at)) {
        throw AlignErrors.untold(at.topic(), at.number(), offset);
      }
    } else if (!sources.isOf(at.topic(), block.table())) {
      throw AlignErrors.routed(at.topic(), at.number(), offset);
    } else {
      String transactionTopic = sources.transactionTopicOf(at.topic());
      // There is none yet while there are but the rows of a snapshot.
      if (!transactionTopics.contains(transactionTopic)) {
        throw AlignErrors.withoutMetadata(transactionTopic);
      }
      boundary.event(transactionTopic, block, at, offset, written);
    }
  }

  /** The batch, once all is read. */
  BatchEnd.Cut cut() {
    boundary.settle();
    List<TopicPlan> cut = new ArrayList<>();
    Map<String, Long> left = new TreeMap<>();
    Optional<Instant> oldest = Optional.empty();
    for (TopicPlan topic : topics) {
      List<Long> ends = new ArrayList<>();
      for (PartitionPlan partition : topic.partitions()) {
        OffsetRange range = partition.range();
        Optional<PartitionTail.Part> first =
            boundary.firstLeft(new Partition(topic.topic(), range.partition()));
        ends.add(first.map(PartitionTail.Part::offset).orElse(range.end()));
        if (first.isPresent()) {
          Instant written = Instant.ofEpochMilli(first.get().timestamp());
          oldest = oldest.filter(other -> other.isBefore(written)).or(() -> Optional.of(written));
        }
      }
      TopicPlan shorter = topic.upTo(ends);
      cut.add(shorter);
      if (shorter.offsets() < topic.offsets()) {
        left.put(topic.topic(), topic.offsets() - shorter.offsets());
      }
    }
    Map<String, String> last = new TreeMap<>();
    boundary
        .last()
        .forEach(transaction -> last.put(transaction.transactionTopic(), transaction.id()));
    return new BatchEnd.Cut(
        cut,
        new Alignment(
            last, left, boundary.waitsFor().map(SourceTransaction::waiting), oldest, otherTables));
  }
}
