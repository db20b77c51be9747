package dev.changelake.produce.publish;

import dev.changelake.produce.feed.ChangeEvent;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Counts sent records by topic and operation. */
final class Tallies {
  private static final String TOMBSTONE = "tombstone";

  private final Map<String, Map<String, Long>> operations = new TreeMap<>();
  private long records;

  void add(ChangeEvent event, ProducerRecord<byte[], byte[]> record) {
    String operation = record.value() == null ? TOMBSTONE : event.change().operation().code();
    operations
        .computeIfAbsent(record.topic(), topic -> new TreeMap<>())
        .merge(operation, 1L, Long::sum);
    records++;
  }

  long records() {
    return records;
  }

  List<TopicTally> byTopic() {
    return operations.entrySet().stream()
        .map(
            topic ->
                new TopicTally(
                    topic.getKey(),
                    topic.getValue().values().stream().mapToLong(Long::longValue).sum(),
                    topic.getValue()))
        .toList();
  }
}
