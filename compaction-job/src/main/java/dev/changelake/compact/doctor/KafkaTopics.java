package dev.changelake.compact.doctor;

import dev.changelake.compact.plan.KafkaErrors;
import dev.changelake.compact.plan.KafkaTopicOffsets;
import dev.changelake.compact.plan.OffsetRange;
import dev.changelake.compact.plan.TopicState;
import dev.changelake.contract.TableContract;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Samples topics of a real cluster; belongs to no consumer group, and commits nothing. */
public final class KafkaTopics implements TopicSource {
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Duration POLL = Duration.ofMillis(500);

  private final Map<String, String> clientProperties;
  private final int size;
  private final Clock clock;

  /**
   * Samples of the cluster's topics.
   *
   * @param size how many records of a partition are read at most
   */
  public KafkaTopics(Map<String, String> clientProperties, int size, Clock clock) {
    this.clientProperties = Map.copyOf(clientProperties);
    this.size = size;
    this.clock = clock;
  }

  @Override
  public TopicSample sample(TableContract contract, Optional<LastBatch> last) {
    Instant now = clock.instant();
    String name = contract.topic();
    TopicState state = new KafkaTopicOffsets(clientProperties).read(List.of(name)).get(name);
    if (state == null) {
      return new TopicSample(contract, Optional.empty(), List.of(), List.of(), last, now);
    }
    try {
      TopicSample unread =
          new TopicSample(contract, Optional.of(topic(state)), List.of(), List.of(), last, now);
      List<OffsetRange> ranges = new ArrayList<>();
      for (int i = 0; i < state.partitions().size(); i++) {
        ranges.addAll(
            SampleRanges.of(i, state.partitions().get(i), unread.firstNotLanded(i), size));
      }
      return unread.with(ranges, records(contract, ranges));
    } catch (ExecutionException | KafkaException e) {
      throw KafkaErrors.of(clientProperties.get("bootstrap.servers"), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while Kafka was asked", e);
    }
  }

  private TopicSample.Topic topic(TopicState state)
      throws ExecutionException, InterruptedException {
    Map<String, Object> properties = new HashMap<>(clientProperties);
    try (Admin admin = Admin.create(properties)) {
      ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, state.topic());
      Config config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
      int replicas =
          admin
              .describeTopics(List.of(state.topic()))
              .allTopicNames()
              .get()
              .get(state.topic())
              .partitions()
              .get(0)
              .replicas()
              .size();
      return new TopicSample.Topic(
          state, settings(config, replicas), Set.copyOf(admin.listTopics().names().get()));
    }
  }

  private static TopicSettings settings(Config config, int replicas) {
    long retention = number(config, TopicConfig.RETENTION_MS_CONFIG);
    long bytes = number(config, TopicConfig.RETENTION_BYTES_CONFIG);
    return new TopicSettings(
        Set.of(value(config, TopicConfig.CLEANUP_POLICY_CONFIG).split("\\s*,\\s*")),
        retention < 0 ? Optional.empty() : Optional.of(Duration.ofMillis(retention)),
        bytes < 0 ? OptionalLong.empty() : OptionalLong.of(bytes),
        value(config, TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG).equals("LogAppendTime"),
        replicas,
        (int) number(config, TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG));
  }

  private static long number(Config config, String name) {
    return Long.parseLong(value(config, name));
  }

  private static String value(Config config, String name) {
    return config.get(name).value();
  }

  private List<SampledRecord> records(TableContract contract, List<OffsetRange> ranges) {
    RecordReader reader = new RecordReader(contract);
    List<SampledRecord> records = new ArrayList<>();
    try (Consumer<byte[], byte[]> consumer = consumer()) {
      for (OffsetRange range : ranges) {
        read(consumer, contract.topic(), range, reader, records);
      }
    }
    return records;
  }

  private Consumer<byte[], byte[]> consumer() {
    Map<String, Object> properties = new HashMap<>(clientProperties);
    properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    // What retention took since Kafka was asked is no failure.
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    // A fetch ahead at a partition's end would hold the next partition's back.
    properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 20);
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, size);
    return new KafkaConsumer<>(
        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private static void read(
      Consumer<byte[], byte[]> consumer,
      String topic,
      OffsetRange range,
      RecordReader reader,
      List<SampledRecord> records) {
    TopicPartition partition = new TopicPartition(topic, range.partition());
    consumer.assign(List.of(partition));
    consumer.seek(partition, range.start());
    long heard = System.nanoTime();
    long position = range.start();
    while (position < range.end()) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL).records(partition)) {
        if (record.offset() < range.end()) {
          records.add(
              reader.read(
                  record.partition(),
                  record.offset(),
                  Instant.ofEpochMilli(record.timestamp()),
                  record.key(),
                  record.value()));
        }
      }
      long reached = consumer.position(partition, PATIENCE);
      if (reached > position) {
        position = reached;
        heard = System.nanoTime();
      } else if (System.nanoTime() - heard > PATIENCE.toNanos()) {
        throw new TimeoutException("Nothing of %s came within %s".formatted(partition, PATIENCE));
      }
    }
  }
}
