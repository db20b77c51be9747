package dev.changelake.produce.publish;

import dev.changelake.produce.feed.ChangeEvent;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Counts sent records by topic and operation. */
public final class Tallies {
  private static final String TOMBSTONE = "tombstone";

  private final Map<String, Map<String, Long>> operations = new TreeMap<>();

  void add(ChangeEvent event, ProducerRecord<byte[], byte[]> record) {
    add(record.topic(), record.value() == null ? TOMBSTONE : event.change().operation().code());
  }

  /** Counts one record, or one change that a record will tell. */
  public void add(String topic, String operation) {
    operations.computeIfAbsent(topic, name -> new TreeMap<>()).merge(operation, 1L, Long::sum);
  }

  /** What was counted. */
  public List<TopicTally> byTopic() {
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
