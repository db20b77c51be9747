package dev.changelake.compact.plan;

import java.util.List;

/**
 * One topic's part of a batch.
 *
 * @param table the table whose contract the topic has
 * @param topicId Kafka's id of the topic, which changes when it is deleted and created again
 * @param partitions all partitions of the topic, in order
 * @param lost ranges that an operator gave up; they follow the batches before and precede this one
 * @param holes ranges of which an operator knows that they never held a record
 * @param lsnRestarts where log positions began anew, in this batch and those before
 * @param since the first plan that read this topic, and not one that had its name before; 0 if that
 *     is not known
 * @param replays in a replay, what it lands again
 */
public record TopicPlan(
    String table,
    String topic,
    String topicId,
    List<PartitionPlan> partitions,
    List<OffsetRange> lost,
    List<OffsetRange> holes,
    List<LsnRestart> lsnRestarts,
    long since,
    List<ReplayRange> replays) {
  public TopicPlan {
    partitions = List.copyOf(partitions);
    lost = List.copyOf(lost);
    holes = List.copyOf(holes);
    // Plans of earlier versions have none.
    lsnRestarts = lsnRestarts == null ? List.of() : List.copyOf(lsnRestarts);
    replays = replays == null ? List.of() : List.copyOf(replays);
    for (int i = 0; i < partitions.size(); i++) {
      if (partitions.get(i).range().partition() != i) {
        throw new IllegalArgumentException(
            "The plan of %s must hold all partitions in order".formatted(topic));
      }
    }
  }

  /** The same up to these offsets, one a partition. */
  public TopicPlan upTo(List<Long> ends) {
    return with(
        partitions.stream()
            .map(partition -> partition.upTo(ends.get(partition.range().partition())))
            .toList(),
        lost,
        holes,
        lsnRestarts);
  }

  /** How many records the batch lands: offsets of the topic, or what is replayed. */
  public long offsets() {
    return partitions.stream().mapToLong(partition -> partition.range().length()).sum()
        + replays.stream().mapToLong(replay -> replay.range().length()).sum();
  }

  /** The topic's part of the batch, with other ranges, decisions and restarts. */
  TopicPlan with(
      List<PartitionPlan> ranges,
      List<OffsetRange> givenUp,
      List<OffsetRange> empty,
      List<LsnRestart> restarts) {
    return new TopicPlan(table, topic, topicId, ranges, givenUp, empty, restarts, since, replays);
  }

  /** The topic's part of a batch that takes nothing from Kafka and lands these again. */
  TopicPlan replaying(List<ReplayRange> again) {
    List<PartitionPlan> ends =
        partitions.stream()
            .map(
                partition -> {
                  long end = partition.range().end();
                  OffsetRange none = new OffsetRange(partition.range().partition(), end, end);
                  return new PartitionPlan(none, end, end);
                })
            .toList();
    return new TopicPlan(
        table, topic, topicId, ends, List.of(), List.of(), lsnRestarts, since, again);
  }

  /** How many offsets stood behind open transactions when the plan was made. */
  public long behindOpenTransactions() {
    return partitions.stream()
        .mapToLong(partition -> partition.highWatermark() - partition.lastStableOffset())
        .sum();
  }
}
