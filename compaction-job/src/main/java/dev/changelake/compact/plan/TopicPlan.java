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
 */
public record TopicPlan(
    String table,
    String topic,
    String topicId,
    List<PartitionPlan> partitions,
    List<OffsetRange> lost,
    List<OffsetRange> holes,
    List<LsnRestart> lsnRestarts) {
  public TopicPlan {
    partitions = List.copyOf(partitions);
    lost = List.copyOf(lost);
    holes = List.copyOf(holes);
    // Plans of earlier versions have none.
    lsnRestarts = lsnRestarts == null ? List.of() : List.copyOf(lsnRestarts);
    for (int i = 0; i < partitions.size(); i++) {
      if (partitions.get(i).range().partition() != i) {
        throw new IllegalArgumentException(
            "The plan of %s must hold all partitions in order".formatted(topic));
      }
    }
  }

  /** How many offsets the batch takes from the topic. */
  public long offsets() {
    return partitions.stream().mapToLong(partition -> partition.range().length()).sum();
  }

  /** How many offsets stood behind open transactions when the plan was made. */
  public long behindOpenTransactions() {
    return partitions.stream()
        .mapToLong(partition -> partition.highWatermark() - partition.lastStableOffset())
        .sum();
  }
}
