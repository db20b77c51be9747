package dev.changelake.compact.doctor;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What Kafka was told of a topic.
 *
 * @param cleanup {@code delete}, {@code compact} or both
 * @param retention how long records are kept; absent if for ever
 * @param retentionBytes how much of a partition is kept; absent if all
 * @param brokerTime whether the broker's clock gives records their times, not the producer's
 */
record TopicSettings(
    Set<String> cleanup,
    Optional<Duration> retention,
    OptionalLong retentionBytes,
    boolean brokerTime,
    int replicas,
    int minInSyncReplicas) {
  TopicSettings {
    cleanup = Set.copyOf(cleanup);
  }

  /** Whether records are deleted by age or size. */
  boolean deletes() {
    return cleanup.contains("delete");
  }

  boolean compacts() {
    return cleanup.contains("compact");
  }
}
