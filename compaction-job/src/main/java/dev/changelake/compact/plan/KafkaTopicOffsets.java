package dev.changelake.compact.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Topic states from a real cluster, by Kafka's admin client. */
public final class KafkaTopicOffsets implements TopicOffsets {
  private static final String TIMEOUT_MS = "15000";

  private final Map<String, String> clientProperties;

  public KafkaTopicOffsets(Map<String, String> clientProperties) {
    this.clientProperties = Map.copyOf(clientProperties);
  }

  @Override
  public Map<String, TopicState> read(Collection<String> topics) {
    Map<String, Object> properties = new HashMap<>();
    properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MS);
    properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, "5000");
    properties.putAll(clientProperties);
    try (Admin admin = Admin.create(properties)) {
      return states(admin, describe(admin, topics));
    } catch (ExecutionException | KafkaException e) {
      throw KafkaErrors.of(clientProperties.get("bootstrap.servers"), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while Kafka was asked", e);
    }
  }

  private static List<TopicDescription> describe(Admin admin, Collection<String> topics)
      throws ExecutionException, InterruptedException {
    List<TopicDescription> found = new ArrayList<>();
    Set<String> refused = new TreeSet<>();
    for (Map.Entry<String, KafkaFuture<TopicDescription>> topic :
        admin.describeTopics(topics).topicNameValues().entrySet()) {
      try {
        found.add(topic.getValue().get());
      } catch (ExecutionException e) {
        if (e.getCause() instanceof TopicAuthorizationException) {
          refused.add(topic.getKey());
        } else if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw e;
        }
      }
    }
    if (!refused.isEmpty()) {
      throw new TopicAuthorizationException(refused);
    }
    return found;
  }

  private static Map<String, TopicState> states(Admin admin, List<TopicDescription> topics)
      throws ExecutionException, InterruptedException {
    List<TopicPartition> partitions =
        topics.stream()
            .flatMap(
                topic ->
                    topic.partitions().stream()
                        .map(info -> new TopicPartition(topic.name(), info.partition())))
            .toList();
    // The high watermark last: it must not be below a last stable offset that was read after it.
    Map<TopicPartition, Long> earliest =
        offsets(admin, partitions, OffsetSpec.earliest(), IsolationLevel.READ_COMMITTED);
    Map<TopicPartition, Long> stable =
        offsets(admin, partitions, OffsetSpec.latest(), IsolationLevel.READ_COMMITTED);
    Map<TopicPartition, Long> high =
        offsets(admin, partitions, OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED);
    Map<String, TopicState> states = new TreeMap<>();
    for (TopicDescription topic : topics) {
      List<TopicState.PartitionState> list = new ArrayList<>();
      for (int i = 0; i < topic.partitions().size(); i++) {
        TopicPartition partition = new TopicPartition(topic.name(), i);
        list.add(
            new TopicState.PartitionState(
                earliest.get(partition), stable.get(partition), high.get(partition)));
      }
      states.put(topic.name(), new TopicState(topic.name(), topic.topicId().toString(), list));
    }
    return states;
  }

  private static Map<TopicPartition, Long> offsets(
      Admin admin, List<TopicPartition> partitions, OffsetSpec spec, IsolationLevel isolation)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> request =
        partitions.stream().collect(Collectors.toMap(Function.identity(), partition -> spec));
    return admin
        .listOffsets(request, new ListOffsetsOptions(isolation))
        .all()
        .get()
        .entrySet()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> offset(entry.getValue())));
  }

  private static long offset(ListOffsetsResultInfo info) {
    return info.offset();
  }
}
