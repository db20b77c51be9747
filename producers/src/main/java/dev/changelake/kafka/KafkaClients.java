package dev.changelake.kafka;

import dev.changelake.config.Configuration;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Builds Kafka's clients: what makes the writing safe is fixed, what bounds the waiting is a
 * default that the configuration's {@code kafka.*} keys may change.
 */
public final class KafkaClients {
  private static final String UNRESOLVED = "No resolvable bootstrap urls";

  private final Map<String, String> settings;

  public KafkaClients(Configuration configuration) {
    this.settings = configuration.kafkaClient();
  }

  /** A client for topics. */
  public Admin admin() {
    return open(() -> Admin.create(adminSettings()));
  }

  /** A producer whose retries neither lose, double nor reorder records. */
  public Producer<byte[], byte[]> producer() {
    return open(
        () ->
            new KafkaProducer<>(
                producerSettings(), new ByteArraySerializer(), new ByteArraySerializer()));
  }

  /** A consumer without a group, which is told what to read. */
  public Consumer<byte[], byte[]> consumer() {
    return open(
        () ->
            new KafkaConsumer<>(
                consumerSettings(), new ByteArrayDeserializer(), new ByteArrayDeserializer()));
  }

  Map<String, Object> adminSettings() {
    Map<String, Object> all = new HashMap<>();
    all.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "15000");
    all.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, "10000");
    all.putAll(settings);
    return all;
  }

  Map<String, Object> consumerSettings() {
    Map<String, Object> all = new HashMap<>();
    all.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "15000");
    all.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, "10000");
    all.putAll(settings);
    all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    return all;
  }

  Map<String, Object> producerSettings() {
    Map<String, Object> all = new HashMap<>();
    all.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, "60000");
    all.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, "15000");
    all.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, "15000");
    all.put(ProducerConfig.LINGER_MS_CONFIG, "5");
    all.putAll(settings);
    all.put(ProducerConfig.ACKS_CONFIG, "all");
    all.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
    return all;
  }

  private static <T> T open(Supplier<T> client) {
    try {
      return client.get();
    } catch (ConfigException e) {
      throw refused(e);
    } catch (KafkaException e) {
      throw refused(e.getCause() == null ? e : e.getCause());
    }
  }

  private static ChangelakeException refused(Throwable why) {
    // A broker that is down often has no name either, in a container network for one.
    if (String.valueOf(why.getMessage()).startsWith(UNRESOLVED)) {
      return new ChangelakeException(
              ErrorCategory.SOURCE,
              "No Kafka broker's name can be resolved.",
              why.getMessage() + ".",
              "Check kafka.bootstrap.servers and that its hosts are up, then run the command"
                  + " again.")
          .causedBy(why);
    }
    return new ChangelakeException(
            ErrorCategory.USAGE,
            "Kafka's client refuses its settings.",
            why.getMessage() + ".",
            "Correct the kafka.* keys of the configuration.")
        .causedBy(why);
  }
}
