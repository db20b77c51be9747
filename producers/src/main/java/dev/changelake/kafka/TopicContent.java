package dev.changelake.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** Reads whole topics, from what they still hold to what they held when the reading began. */
public final class TopicContent {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Consumer<byte[], byte[]> consumer;

  /** A reader on a consumer, which stays the caller's to close. */
  public TopicContent(Consumer<byte[], byte[]> consumer) {
    this.consumer = consumer;
  }

  /** Whether any of the topics, which are there, holds a record. */
  public boolean holdsRecords(Collection<String> topics) {
    try {
      List<TopicPartition> partitions = assign(topics);
      Map<TopicPartition, Long> begin = consumer.beginningOffsets(partitions);
      return consumer.endOffsets(partitions).entrySet().stream()
          .anyMatch(end -> end.getValue() > begin.get(end.getKey()));
    } catch (KafkaException e) {
      throw unreadable(topics, e);
    }
  }

  /** Reads the topics, which are there; each partition in its order. */
  public void read(
      Collection<String> topics, java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> each) {
    try {
      List<TopicPartition> partitions = assign(topics);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      consumer.seekToBeginning(partitions);
      long lastRecord = System.nanoTime();
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        if (System.nanoTime() - lastRecord > PATIENCE.toNanos()) {
          throw new TimeoutException("nothing was read for " + PATIENCE.toSeconds() + " s");
        }
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          lastRecord = System.nanoTime();
          if (record.offset() < ends.get(new TopicPartition(record.topic(), record.partition()))) {
            each.accept(record);
          }
        }
      }
    } catch (KafkaException e) {
      throw unreadable(topics, e);
    }
  }

  private static RuntimeException unreadable(Collection<String> topics, KafkaException e) {
    return BrokerFailure.of(
        "The topics %s cannot be read.".formatted(String.join(", ", topics)), e);
  }

  private List<TopicPartition> assign(Collection<String> topics) {
    List<TopicPartition> partitions =
        topics.stream()
            .flatMap(topic -> consumer.partitionsFor(topic).stream())
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    return partitions;
  }
}
