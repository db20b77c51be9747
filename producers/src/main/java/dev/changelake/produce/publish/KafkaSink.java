package dev.changelake.produce.publish;

import dev.changelake.config.Configuration;
import dev.changelake.contract.TableContract;
import dev.changelake.kafka.KafkaClients;
import dev.changelake.kafka.Topics;
import dev.changelake.produce.feed.Feed;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;

/** Writes to the configured Kafka cluster. */
public final class KafkaSink implements EventSink {
  private static final Duration CLOSING = Duration.ofSeconds(5);

  private final Configuration configuration;
  private final EventEncoder encoder;
  private final KafkaClients clients;

  public KafkaSink(Configuration configuration, EventEncoder encoder) {
    this.configuration = configuration;
    this.encoder = encoder;
    this.clients = new KafkaClients(configuration);
  }

  @Override
  public void prepare(Collection<TableContract> tables) {
    Admin admin = clients.admin();
    try {
      new Topics(admin, configuration.topicPartitions(), configuration.topicReplicationFactor())
          .create(tables.stream().map(TableContract::topic).toList());
    } finally {
      admin.close(CLOSING);
    }
  }

  @Override
  public List<TopicTally> publish(Feed feed, Runnable afterEach) {
    Producer<byte[], byte[]> producer = clients.producer();
    try {
      return new EventPublisher(producer, encoder).publish(feed, afterEach);
    } finally {
      // All was acknowledged, or the run has failed: there is nothing left to wait for.
      producer.close(Duration.ZERO);
    }
  }
}
