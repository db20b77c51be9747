package dev.changelake.capture.topic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.changelake.kafka.TopicContent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Rows that topics hold from an earlier snapshot or capture and that a new snapshot has not shown
 * yet.
 *
 * <p>What is left when the snapshot is whole was deleted while nobody read the log. A tombstone
 * says so; nothing else would, and the row would live on in the tables.
 */
public final class LeftRows {
  /** The key's bytes by its fields: the same key may have been written with and without schema. */
  private final Map<String, Map<JsonNode, byte[]>> keys = new HashMap<>();

  /** The rows that topics hold now; their keys are kept in memory. */
  public static LeftRows in(TopicContent content, Collection<String> topics) {
    LeftRows left = new LeftRows();
    content.read(topics, record -> left.found(record.topic(), record.key(), record.value()));
    return left;
  }

  /** A topic holds a record; the newest of a key decides whether there is a row. */
  public void found(String topic, byte[] key, byte[] value) {
    Map<JsonNode, byte[]> ofTopic = keys.computeIfAbsent(topic, name -> new HashMap<>());
    fields(key)
        .ifPresent(
            fields -> {
              if (value == null) {
                ofTopic.remove(fields);
              } else {
                ofTopic.put(fields, key);
              }
            });
  }

  /** The snapshot has shown a row. */
  public void shown(String topic, byte[] key) {
    Map<JsonNode, byte[]> ofTopic = keys.getOrDefault(topic, Map.of());
    if (!ofTopic.isEmpty()) {
      fields(key).ifPresent(ofTopic::remove);
    }
  }

  /** A tombstone for each row that no snapshot has shown. */
  public List<ProducerRecord<byte[], byte[]>> tombstones() {
    List<ProducerRecord<byte[], byte[]>> tombstones = new ArrayList<>();
    keys.forEach(
        (topic, left) ->
            left.values().forEach(key -> tombstones.add(new ProducerRecord<>(topic, key, null))));
    return tombstones;
  }

  /** The fields of a key; empty if it is none that a table's row can have. */
  private static Optional<JsonNode> fields(byte[] key) {
    if (key == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(ConverterJson.payload(key)).filter(JsonNode::isObject);
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
