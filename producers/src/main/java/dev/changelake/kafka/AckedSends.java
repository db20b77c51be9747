package dev.changelake.kafka;

import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/** Sends records and checks the acknowledgement of each. */
public final class AckedSends {
  private final Producer<byte[], byte[]> producer;
  private final LongAdder acknowledged = new LongAdder();
  private final AtomicReference<Failure> firstFailure = new AtomicReference<>();
  private long sent;

  /** Sends by a producer, which stays the caller's to close. */
  public AckedSends(Producer<byte[], byte[]> producer) {
    this.producer = producer;
  }

  /** Hands a record to the client. */
  public void send(ProducerRecord<byte[], byte[]> message) {
    sent++;
    try {
      producer.send(message, (metadata, failure) -> answer(message.topic(), failure));
    } catch (InterruptException e) {
      throw e;
    } catch (KafkaException e) {
      answer(message.topic(), e);
    }
  }

  /** How many records were handed to the client. */
  public long sent() {
    return sent;
  }

  /** Fails if any record was refused so far, naming its topic. */
  public void failOnFailure() {
    Failure failure = firstFailure.get();
    if (failure != null) {
      throw BrokerFailure.of(
          "The topic %s did not take all events.".formatted(failure.topic), failure.cause);
    }
  }

  /**
   * Returns when all records that were sent are safe.
   *
   * @throws ChangelakeException of category source, naming the topic, if any was not acknowledged
   */
  public void await() {
    producer.flush();
    failOnFailure();
    if (acknowledged.sum() != sent) {
      throw new ChangelakeException(
          ErrorCategory.SOURCE,
          "Only %s of %s records were acknowledged.".formatted(acknowledged.sum(), sent),
          "The client ended before the brokers answered.",
          "Run the command again; it repeats the same events.");
    }
  }

  private void answer(String topic, Exception failure) {
    if (failure == null) {
      acknowledged.increment();
    } else {
      firstFailure.compareAndSet(null, new Failure(topic, failure));
    }
  }

  private record Failure(String topic, Exception cause) {}
}
