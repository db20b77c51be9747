package dev.changelake.compact.align;

import dev.changelake.compact.plan.BatchEnd;
import dev.changelake.compact.plan.KafkaErrors;
import dev.changelake.compact.plan.KafkaTopicOffsets;
import dev.changelake.compact.plan.OffsetRange;
import dev.changelake.compact.plan.PartitionPlan;
import dev.changelake.compact.plan.Plan;
import dev.changelake.compact.plan.TopicPlan;
import dev.changelake.compact.plan.TopicState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Finds the end of a batch in a real cluster: reads its topics and those of transactions; belongs
 * to no consumer group, and commits nothing.
 */
public final class KafkaTransactions implements BatchEnd {
  /** Transactions reach over the beginning of a batch; what is read before it is counted alone. */
  private static final Duration LOOK_BACK = Duration.ofHours(1);

  private final Map<String, String> clientProperties;
  private final UnaryOperator<String> transactionTopic;
  private final Clock clock;

  /**
   * Transactions of a cluster.
   *
   * @param transactionTopic the topic of transactions of a topic prefix
   */
  public KafkaTransactions(
      Map<String, String> clientProperties, UnaryOperator<String> transactionTopic, Clock clock) {
    this.clientProperties = Map.copyOf(clientProperties);
    this.transactionTopic = transactionTopic;
    this.clock = clock;
  }

  @Override
  public Cut of(List<TopicPlan> topics, Optional<Plan> previous) {
    SourceTopics sources = new SourceTopics(topics, transactionTopic);
    Map<TopicPartition, Long> ends = new HashMap<>();
    Map<TopicPartition, Long> starts = new HashMap<>();
    for (TopicPlan topic : topics) {
      for (PartitionPlan partition : topic.partitions()) {
        OffsetRange range = partition.range();
        TopicPartition key = new TopicPartition(topic.topic(), range.partition());
        starts.put(key, range.start());
        ends.put(key, range.end());
      }
    }
    // After the tables' topics, so that it tells of what they hold.
    Map<String, TopicState> states =
        new KafkaTopicOffsets(clientProperties).read(sources.transactionTopics());
    states
        .values()
        .forEach(
            state -> {
              requireOrdered(state);
              TopicPartition key = new TopicPartition(state.topic(), 0);
              starts.put(key, state.partitions().get(0).earliest());
              ends.put(key, state.partitions().get(0).lastStable());
            });
    BatchAlignment alignment =
        new BatchAlignment(topics, sources, states.keySet(), clock.instant());
    try (Consumer<byte[], byte[]> consumer = consumer()) {
      since(previous)
          .ifPresent(
              since -> {
                lookBack(consumer, since, sources::has, starts, starts);
                if (knowsAll(previous.get(), topics)) {
                  lookBack(consumer, since, sources::isTransactionTopic, ends, starts);
                }
              });
      new SideBySideReader(consumer)
          .read(
              starts,
              ends,
              record ->
                  alignment.read(
                      record.topic(),
                      record.partition(),
                      record.offset(),
                      record.timestamp(),
                      record.value()));
    } catch (KafkaException e) {
      throw KafkaErrors.of(clientProperties.get("bootstrap.servers"), e);
    }
    return alignment.cut();
  }

  private static void requireOrdered(TopicState state) {
    if (state.partitions().size() != 1) {
      throw AlignErrors.severalPartitions(state.topic(), state.partitions().size());
    }
  }

  /** From when on there may be records of the batch's transactions; clocks decide nothing else. */
  private static Optional<Instant> since(Optional<Plan> previous) {
    return previous.map(
        plan ->
            plan.alignment()
                .flatMap(alignment -> alignment.oldestLeft())
                .filter(oldest -> oldest.isBefore(plan.createdAt()))
                .orElse(plan.createdAt())
                .minus(LOOK_BACK));
  }

  /** What the plan before did not know may have transactions of any age. */
  private static boolean knowsAll(Plan previous, List<TopicPlan> topics) {
    return topics.stream()
        .allMatch(
            topic ->
                previous
                    .topicOf(topic.table())
                    .filter(before -> before.topicId().equals(topic.topicId()))
                    .filter(before -> before.partitions().size() == topic.partitions().size())
                    .isPresent());
  }

  /**
   * Starts at what was written since then, but not after what would be read first at the latest.
   */
  private static void lookBack(
      Consumer<byte[], byte[]> consumer,
      Instant since,
      Predicate<String> topics,
      Map<TopicPartition, Long> latest,
      Map<TopicPartition, Long> starts) {
    Map<TopicPartition, Long> times =
        starts.keySet().stream()
            .filter(partition -> topics.test(partition.topic()))
            .collect(Collectors.toMap(partition -> partition, partition -> since.toEpochMilli()));
    consumer
        .offsetsForTimes(times)
        .forEach(
            (partition, found) ->
                starts.put(
                    partition,
                    found == null
                        ? latest.get(partition)
                        : Math.min(found.offset(), latest.get(partition))));
  }

  private Consumer<byte[], byte[]> consumer() {
    Map<String, Object> properties = new HashMap<>(clientProperties);
    properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    // What retention took since Kafka was asked is missed when the batch is landed.
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    return new KafkaConsumer<>(
        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}
