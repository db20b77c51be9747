package dev.changelake.oracle;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads committed records with a plain consumer that belongs to no group. */
public final class TopicReader {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Supplier<Consumer<byte[], byte[]>> consumers;

  public TopicReader(String bootstrapServers) {
    this(() -> consumer(bootstrapServers));
  }

  TopicReader(Supplier<Consumer<byte[], byte[]>> consumers) {
    this.consumers = consumers;
  }

  /** Everything from the beginning of these topics to their current end. */
  public List<LogRecord> readAll(Collection<String> topics) {
    return read(spans(topics));
  }

  /** The committed offsets that these topics hold now, a span for each partition. */
  public List<OffsetSpan> spans(Collection<String> topics) {
    try (Consumer<byte[], byte[]> consumer = consumers.get()) {
      List<TopicPartition> partitions = new ArrayList<>();
      for (String topic : topics) {
        consumer
            .partitionsFor(topic)
            .forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
      }
      Map<TopicPartition, Long> starts = consumer.beginningOffsets(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      return partitions.stream()
          .map(at -> new OffsetSpan(at.topic(), at.partition(), starts.get(at), ends.get(at)))
          .toList();
    }
  }

  /** All records of the spans; markers, aborted and compacted records leave gaps. */
  public List<LogRecord> read(Collection<OffsetSpan> spans) {
    Map<TopicPartition, OffsetSpan> open = new HashMap<>();
    for (OffsetSpan span : spans) {
      TopicPartition at = new TopicPartition(span.topic(), span.partition());
      if (span.start() < span.end() && open.put(at, span) != null) {
        throw new IllegalArgumentException("Two spans of " + at);
      }
    }
    List<LogRecord> records = new ArrayList<>();
    if (open.isEmpty()) {
      return records;
    }
    try (Consumer<byte[], byte[]> consumer = consumers.get()) {
      consumer.assign(open.keySet());
      open.forEach((at, span) -> consumer.seek(at, span.start()));
      drain(consumer, open, records);
    }
    return records;
  }

  private static void drain(
      Consumer<byte[], byte[]> consumer,
      Map<TopicPartition, OffsetSpan> open,
      List<LogRecord> records) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!open.isEmpty()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("Not read to the end within " + PATIENCE + ": " + open);
      }
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
        OffsetSpan span = open.get(new TopicPartition(record.topic(), record.partition()));
        if (span != null && record.offset() < span.end()) {
          records.add(
              new LogRecord(
                  record.topic(),
                  record.partition(),
                  record.offset(),
                  record.key(),
                  record.value()));
        }
      }
      List<TopicPartition> done =
          open.keySet().stream().filter(at -> consumer.position(at) >= open.get(at).end()).toList();
      if (!done.isEmpty()) {
        consumer.pause(done);
        done.forEach(open::remove);
      }
    }
  }

  private static Consumer<byte[], byte[]> consumer(String bootstrapServers) {
    return new KafkaConsumer<>(
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed",
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            false,
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            "none"),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }
}
