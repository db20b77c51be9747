package dev.changelake.compact.plan;

import java.util.List;

/** What Kafka says of a topic at one moment. */
public record TopicState(String topic, String topicId, List<PartitionState> partitions) {
  public TopicState {
    partitions = List.copyOf(partitions);
  }

  /**
   * Offsets of one partition.
   *
   * @param earliest the first offset that is still there
   * @param lastStable the end of what committed readers see
   * @param highWatermark the end of the partition
   */
  public record PartitionState(long earliest, long lastStable, long highWatermark) {}
}
