package dev.changelake.compact.source;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.changelake.compact.stack.TestStack;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A table whose columns change at the source, and its topic, with inline schemas. */
final class DriftingTopic implements AutoCloseable {
  static final String NAME = "b2b.public.parts";
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final KafkaProducer<byte[], byte[]> producer;
  private final Map<String, ObjectNode> columns = new LinkedHashMap<>();
  private long lsn;

  DriftingTopic(TestStack stack) {
    stack.topics().create(List.of(NAME), 1);
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", stack.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    alter("id", "int64", false);
  }

  /** Writes the table's contract, with these columns beside the key and these policies. */
  static void contract(Path folder, String columns, String drift) {
    String contract =
        """
        {
          "table": "parts", "topic": "%s", "description": "Parts.", "mode": "merge", "key": ["id"],
          "columns": [{"name": "id", "type": "bigint"}%s],
          "drift": {%s}
        }
        """
            .formatted(NAME, columns, drift);
    try {
      Files.writeString(folder.resolve("parts.json"), contract);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Adds a column, or gives it another type. */
  DriftingTopic alter(String column, String type, boolean nullable) {
    columns.put(
        column, JSON.objectNode().put("type", type).put("optional", nullable).put("field", column));
    return this;
  }

  DriftingTopic alterToNumeric(String column, int precision, int scale) {
    alter(column, "bytes", false);
    columns
        .get(column)
        .put("name", "org.apache.kafka.connect.data.Decimal")
        .putObject("parameters")
        .put("scale", scale + "")
        .put("connect.decimal.precision", precision + "");
    return this;
  }

  DriftingTopic drop(String column) {
    columns.remove(column);
    return this;
  }

  /** Sends a change; the values are in the order of the columns after the key. */
  void send(String op, long id, Object... values) {
    ObjectNode schema = JSON.objectNode().put("type", "struct");
    ObjectNode after =
        schema.putArray("fields").addObject().put("type", "struct").put("field", "after");
    ArrayNode fields = after.putArray("fields");
    columns.values().forEach(fields::add);
    ObjectNode payload = JSON.objectNode().put("op", op);
    lsn++;
    payload.putObject("source").put("table", "parts").put("lsn", lsn).put("ts_ms", lsn);
    ObjectNode row = payload.putObject("after").put("id", id);
    int next = 0;
    for (Map.Entry<String, ObjectNode> column : columns.entrySet()) {
      if (!column.getKey().equals("id")) {
        put(row, column.getKey(), column.getValue(), values[next]);
        next++;
      }
    }
    ObjectNode value = JSON.objectNode();
    value.set("schema", schema);
    value.set("payload", payload);
    raw("{\"id\":%d}".formatted(id), value.toString());
  }

  void raw(String key, String value) {
    producer.send(new ProducerRecord<>(NAME, 0, bytes(key), bytes(value)));
    producer.flush();
  }

  private static void put(ObjectNode row, String name, ObjectNode schema, Object value) {
    if (value instanceof BigDecimal number) {
      int scale = schema.path("parameters").path("scale").asInt();
      row.put(
          name,
          Base64.getEncoder().encodeToString(number.setScale(scale).unscaledValue().toByteArray()));
    } else {
      row.putPOJO(name, value);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    producer.close();
  }
}
