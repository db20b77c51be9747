package dev.changelake.produce.publish;

import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import dev.changelake.kafka.BrokerFailure;
import dev.changelake.produce.feed.ChangeEvent;
import dev.changelake.produce.feed.Feed;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/** Sends a feed's events in their order and checks the acknowledgement of each record. */
public final class EventPublisher {
  private final Producer<byte[], byte[]> producer;
  private final EventEncoder encoder;

  public EventPublisher(Producer<byte[], byte[]> producer, EventEncoder encoder) {
    this.producer = producer;
    this.encoder = encoder;
  }

  /**
   * Publishes all events of the feed.
   *
   * @param afterEach is run after each event was handed to the client
   * @throws ChangelakeException of category source, naming the topic, if any record was not
   *     acknowledged
   */
  public List<TopicTally> publish(Feed feed, Runnable afterEach) {
    Acknowledgements acknowledgements = new Acknowledgements();
    Tallies tallies = new Tallies();
    for (Iterator<ChangeEvent> events = feed.events().iterator(); events.hasNext(); ) {
      ChangeEvent event = events.next();
      for (ProducerRecord<byte[], byte[]> message : encoder.encode(event)) {
        send(message, acknowledgements);
        tallies.add(event, message);
      }
      acknowledgements.failOnFailure();
      afterEach.run();
    }
    producer.flush();
    acknowledgements.failOnFailure();
    acknowledgements.failUnless(tallies.records());
    return tallies.byTopic();
  }

  private void send(ProducerRecord<byte[], byte[]> message, Acknowledgements acknowledgements) {
    try {
      producer.send(
          message, (metadata, failure) -> acknowledgements.answer(message.topic(), failure));
    } catch (InterruptException e) {
      throw e;
    } catch (KafkaException e) {
      acknowledgements.answer(message.topic(), e);
    }
  }

  /** What the brokers answered so far; filled by the client's own thread. */
  private static final class Acknowledgements {
    private final LongAdder acknowledged = new LongAdder();
    private final AtomicReference<Failure> firstFailure = new AtomicReference<>();

    void answer(String topic, Exception failure) {
      if (failure == null) {
        acknowledged.increment();
      } else {
        firstFailure.compareAndSet(null, new Failure(topic, failure));
      }
    }

    void failOnFailure() {
      Failure failure = firstFailure.get();
      if (failure != null) {
        throw BrokerFailure.of(
            "The topic %s did not take all events.".formatted(failure.topic), failure.cause);
      }
    }

    void failUnless(long sent) {
      if (acknowledged.sum() != sent) {
        throw new ChangelakeException(
            ErrorCategory.SOURCE,
            "Only %s of %s records were acknowledged.".formatted(acknowledged.sum(), sent),
            "The client ended before the brokers answered.",
            "Run the command again; it repeats the same events.");
      }
    }

    private record Failure(String topic, Exception cause) {}
  }
}
