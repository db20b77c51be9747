package dev.changelake.kafka;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates the topics that are not there; those that are stay as they are. */
public final class Topics {
  private static final short LEFT_TO_BROKER = -1;

  private final Admin admin;
  private final int partitions;
  private final short replicationFactor;

  public Topics(Admin admin, int partitions, short replicationFactor) {
    this.admin = admin;
    this.partitions = partitions;
    this.replicationFactor = replicationFactor;
  }

  /** Makes sure that the topics are there, and that every partition is served. */
  public void create(Collection<String> names) {
    create(names, this::topic);
  }

  /** Makes sure that a topic of one partition is there. */
  public void createOrdered(String name) {
    create(List.of(name), topic -> new NewTopic(topic, Optional.of(1), replicas()));
  }

  /** Makes sure that a topic of one partition is there that keeps the newest record of a key. */
  public void createCompacted(String name) {
    create(
        List.of(name),
        topic ->
            new NewTopic(topic, Optional.of(1), replicas())
                .configs(
                    Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT)));
  }

  private void create(Collection<String> names, Function<String, NewTopic> form) {
    try {
      Set<String> existing = admin.listTopics().names().get();
      List<NewTopic> missing =
          names.stream().filter(name -> !existing.contains(name)).map(form).toList();
      for (Map.Entry<String, KafkaFuture<Void>> created :
          admin.createTopics(missing).values().entrySet()) {
        await(created.getKey(), created.getValue());
      }
      LeaderWait.DEFAULT.until(() -> askLeaders(names));
    } catch (ExecutionException e) {
      throw BrokerFailure.of("Kafka's topics are not ready.", e.getCause());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** Asks each partition's leader for its end. */
  private void askLeaders(Collection<String> names)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    admin
        .describeTopics(names)
        .allTopicNames()
        .get()
        .values()
        .forEach(
            topic ->
                topic
                    .partitions()
                    .forEach(
                        partition ->
                            ends.put(
                                new TopicPartition(topic.name(), partition.partition()),
                                OffsetSpec.latest())));
    admin.listOffsets(ends).all().get();
  }

  private NewTopic topic(String name) {
    return new NewTopic(name, Optional.of(partitions), replicas());
  }

  private Optional<Short> replicas() {
    return Optional.of(replicationFactor).filter(factor -> factor != LEFT_TO_BROKER);
  }

  private static void await(String topic, KafkaFuture<Void> created) {
    try {
      created.get();
    } catch (ExecutionException e) {
      // Another producer may have been faster.
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw BrokerFailure.of("Cannot create the topic %s.".formatted(topic), e.getCause());
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("interrupted while creating topics", e);
  }
}
