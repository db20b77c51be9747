package dev.changelake.oracle.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends a history to Kafka and waits until every replica has it.
 *
 * <p>Each call has a producer of its own, as each task of the platform has: an idempotent producer
 * that outlives a topic keeps counting for the topic's namesake, which the broker then refuses.
 */
public final class HistoryPublisher {

  private final Supplier<Producer<byte[], byte[]>> producers;

  public HistoryPublisher(String bootstrapServers) {
    this(
        () ->
            new KafkaProducer<>(
                Map.of(
                    ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                    bootstrapServers,
                    ProducerConfig.ACKS_CONFIG,
                    "all",
                    ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                    true),
                new ByteArraySerializer(),
                new ByteArraySerializer()));
  }

  HistoryPublisher(Supplier<Producer<byte[], byte[]>> producers) {
    this.producers = producers;
  }

  /** Sends the records in order; returns when all are acknowledged. */
  public void publish(List<OutRecord> records) {
    try (Producer<byte[], byte[]> producer = producers.get()) {
      List<Future<?>> sent = new ArrayList<>();
      for (OutRecord record : records) {
        ProducerRecord<byte[], byte[]> out =
            new ProducerRecord<>(record.topic(), record.key(), record.value());
        record.headers().forEach((name, value) -> out.headers().add(name, value));
        sent.add(producer.send(out));
      }
      producer.flush();
      sent.forEach(HistoryPublisher::await);
    }
  }

  private static void await(Future<?> future) {
    try {
      future.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("Kafka refused", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for Kafka", e);
    }
  }
}
