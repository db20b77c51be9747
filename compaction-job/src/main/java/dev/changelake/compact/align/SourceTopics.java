package dev.changelake.compact.align;

import dev.changelake.compact.plan.TopicPlan;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** Which topic has which table's events, and which topic tells of their transactions. */
final class SourceTopics {
  /** By a table's topic, the topic of its transactions. */
  private final Map<String, String> transactionTopics = new TreeMap<>();

  /** By a topic of transactions, the prefix of its tables' topics. */
  private final Map<String, String> prefixes = new TreeMap<>();

  /**
   * The topics of a batch.
   *
   * @param transactionTopic the topic of transactions of a topic prefix
   * @throws dev.changelake.error.ChangelakeException if a topic has not the name of a table's
   */
  SourceTopics(List<TopicPlan> topics, UnaryOperator<String> transactionTopic) {
    for (TopicPlan topic : topics) {
      String name = topic.topic();
      int schema = name.lastIndexOf('.', name.lastIndexOf('.') - 1);
      if (schema < 1) {
        throw AlignErrors.withoutPrefix(name);
      }
      String prefix = name.substring(0, schema);
      transactionTopics.put(name, transactionTopic.apply(prefix));
      prefixes.put(transactionTopic.apply(prefix), prefix);
    }
  }

  /** All topics of transactions. */
  Set<String> transactionTopics() {
    return new TreeSet<>(prefixes.keySet());
  }

  boolean isTransactionTopic(String topic) {
    return prefixes.containsKey(topic);
  }

  String transactionTopicOf(String topic) {
    return transactionTopics.get(topic);
  }

  /** Whether Debezium sends that table's events there. */
  boolean isOf(String topic, String table) {
    return topic.equals(topic(transactionTopics.get(topic), table));
  }

  /** The topic of a table that a transaction names; it need not be one of the batch's. */
  String topic(String transactionTopic, String table) {
    return prefixes.get(transactionTopic) + "." + table.replaceAll("[^a-zA-Z0-9._-]", "_");
  }

  boolean has(String topic) {
    return transactionTopics.containsKey(topic);
  }
}
