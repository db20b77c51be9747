package dev.changelake.compact.align;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Reads partitions side by side in time, so that what belongs together comes soon after each other.
 */
final class SideBySideReader {
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Duration POLL = Duration.ofMillis(200);

  /** A partition that is further ahead of the last one waits. */
  private static final Duration AHEAD = Duration.ofMinutes(1);

  private final Consumer<byte[], byte[]> consumer;

  SideBySideReader(Consumer<byte[], byte[]> consumer) {
    this.consumer = consumer;
  }

  /** Reads from the starts to the ends, each partition in its order. */
  void read(
      Map<TopicPartition, Long> starts,
      Map<TopicPartition, Long> ends,
      java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> each) {
    Map<TopicPartition, Long> reached = new HashMap<>();
    starts.forEach(
        (partition, start) -> {
          if (start < ends.get(partition)) {
            reached.put(partition, Long.MIN_VALUE);
          }
        });
    consumer.assign(reached.keySet());
    reached.keySet().forEach(partition -> consumer.seek(partition, starts.get(partition)));
    long heard = System.nanoTime();
    while (!reached.isEmpty()) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        if (record.offset() < ends.get(partition)) {
          each.accept(record);
          reached.put(partition, record.timestamp());
          heard = System.nanoTime();
        }
      }
      if (reached.keySet().removeIf(partition -> isRead(partition, ends.get(partition)))) {
        heard = System.nanoTime();
      } else if (System.nanoTime() - heard > PATIENCE.toNanos()) {
        throw new TimeoutException("Nothing of %s came within %s".formatted(reached, PATIENCE));
      }
      letTheLastCatchUp(reached);
    }
  }

  private boolean isRead(TopicPartition partition, long end) {
    return consumer.position(partition, PATIENCE) >= end;
  }

  private void letTheLastCatchUp(Map<TopicPartition, Long> reached) {
    long last = reached.values().stream().mapToLong(Long::longValue).min().orElse(0);
    Set<TopicPartition> wait = new HashSet<>(consumer.assignment());
    wait.removeIf(
        partition ->
            reached.containsKey(partition)
                && (last == Long.MIN_VALUE
                    ? reached.get(partition) == last
                    : reached.get(partition) <= last + AHEAD.toMillis()));
    consumer.pause(wait);
    Set<TopicPartition> go = new HashSet<>(consumer.assignment());
    go.removeAll(wait);
    consumer.resume(go);
  }
}
