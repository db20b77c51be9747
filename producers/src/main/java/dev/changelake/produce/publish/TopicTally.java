package dev.changelake.produce.publish;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was written to a topic.
 *
 * @param records all records, tombstones too
 * @param operations how many events of each operation code, and tombstones as {@code tombstone}
 */
public record TopicTally(String topic, long records, Map<String, Long> operations) {
  public TopicTally {
    operations = Collections.unmodifiableMap(new TreeMap<>(operations));
    long sum = operations.values().stream().mapToLong(Long::longValue).sum();
    if (sum != records) {
      throw new IllegalArgumentException(
          "operations of %s sum up to %s of %s records".formatted(topic, sum, records));
    }
  }
}
