package dev.changelake.oracle.history;

import dev.changelake.oracle.SourceTable;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Creates topics of one replica, ready for a producer. */
public final class HistoryTopics {
  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final long PAUSE_MILLIS = 50;

  private final Map<String, Object> client;

  /** With the properties of a Kafka client, of which {@code bootstrap.servers} is required. */
  public HistoryTopics(Map<String, Object> client) {
    this.client = Map.copyOf(client);
  }

  /** Creates the platform's seven topics. */
  public void create(int partitions) {
    create(Arrays.stream(SourceTable.values()).map(SourceTable::topic).toList(), partitions);
  }

  /**
   * Creates topics and waits for the leader of each partition: one that does not know of its
   * partition yet may refuse a producer's first batch, and then take its second.
   */
  public void create(Collection<String> names, int partitions) {
    List<NewTopic> topics =
        names.stream().map(name -> new NewTopic(name, partitions, (short) 1)).toList();
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    for (String name : names) {
      for (int partition = 0; partition < partitions; partition++) {
        ends.put(new TopicPartition(name, partition), OffsetSpec.latest());
      }
    }
    try (Admin admin = Admin.create(client)) {
      admin.createTopics(topics).all().get();
      long start = System.nanoTime();
      while (!served(admin, ends)) {
        if (System.nanoTime() - start > PATIENCE_NANOS) {
          throw new IllegalStateException("No leader serves the topics " + names);
        }
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("Kafka refused", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for Kafka", e);
    }
  }

  /** False while a broker has not heard of a topic, which the admin client takes for an answer. */
  private static boolean served(Admin admin, Map<TopicPartition, OffsetSpec> ends)
      throws ExecutionException, InterruptedException {
    try {
      admin.listOffsets(ends).all().get();
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return false;
      }
      throw e;
    }
  }
}
