package dev.changelake.produce.publish;

import dev.changelake.error.ChangelakeException;
import dev.changelake.kafka.AckedSends;
import dev.changelake.produce.feed.ChangeEvent;
import dev.changelake.produce.feed.Feed;
import java.util.Iterator;
import java.util.List;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

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
    AckedSends sends = new AckedSends(producer);
    Tallies tallies = new Tallies();
    for (Iterator<ChangeEvent> events = feed.events().iterator(); events.hasNext(); ) {
      ChangeEvent event = events.next();
      for (ProducerRecord<byte[], byte[]> message : encoder.encode(event)) {
        sends.send(message);
        tallies.add(event, message);
      }
      sends.failOnFailure();
      afterEach.run();
    }
    sends.await();
    return tallies.byTopic();
  }
}
