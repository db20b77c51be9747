package dev.changelake.oracle.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.changelake.oracle.Column;
import dev.changelake.oracle.SourceTable;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Builds keys and envelopes, with or without inline schema. */
final class EnvelopeEncoder {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Random random;
  private final CellEncoder cells;

  EnvelopeEncoder(Random random) {
    this.random = random;
    this.cells = new CellEncoder(random);
  }

  static ObjectNode object() {
    return JSON.createObjectNode();
  }

  static byte[] bytes(JsonNode node) {
    try {
      return JSON.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The key's bytes; one table must always use the same form, or its keys change partition. */
  byte[] key(SourceTable table, List<Object> key, boolean inline) {
    ObjectNode payload = object();
    List<Column> columns = table.keyColumns();
    for (int i = 0; i < columns.size(); i++) {
      cells.write(payload, columns.get(i), key.get(i), inline);
    }
    if (!inline) {
      return bytes(payload);
    }
    ObjectNode schema = struct(table, "Key", columns);
    return bytes(wrapped(schema, payload));
  }

  /**
   * An envelope without its schema.
   *
   * @param inline whether {@link #withSchema} will be called on it
   */
  ObjectNode envelope(
      SourceTable table,
      String op,
      Map<String, Object> before,
      Map<String, Object> after,
      SourceInfo source,
      boolean inline) {
    ObjectNode envelope = object();
    row(envelope, "before", table, before, inline);
    row(envelope, "after", table, after, inline);
    envelope.set("source", source(table, source));
    envelope.put("op", op);
    envelope.put("ts_ms", source.tsMs() + random.nextInt(900));
    envelope.putNull("transaction");
    return envelope;
  }

  /** Puts an inline-form envelope below its schema. */
  ObjectNode withSchema(SourceTable table, ObjectNode envelope) {
    ObjectNode schema = object();
    schema.put("type", "struct");
    schema.put("optional", false);
    schema.put("name", table.topic() + ".Envelope");
    schema.put("version", 2);
    ArrayNode fields = schema.putArray("fields");
    for (String image : List.of("before", "after")) {
      fields.add(struct(table, "Value", table.columns()).put("optional", true).put("field", image));
    }
    fields.addObject().put("type", "struct").put("optional", false).put("field", "source");
    fields.addObject().put("type", "string").put("optional", false).put("field", "op");
    fields.addObject().put("type", "int64").put("optional", true).put("field", "ts_ms");
    return wrapped(schema, envelope);
  }

  private void row(
      ObjectNode envelope,
      String image,
      SourceTable table,
      Map<String, Object> row,
      boolean inline) {
    if (row == null) {
      envelope.putNull(image);
      return;
    }
    ObjectNode node = envelope.putObject(image);
    for (Column column : table.columns()) {
      Object cell = row.get(column.name());
      // An after always has each column; what a before has depends on the replica identity.
      boolean left = image.equals("before") && cell == null && !inline && random.nextInt(3) == 0;
      if (!left) {
        cells.write(node, column, cell, inline);
      }
    }
  }

  private ObjectNode source(SourceTable table, SourceInfo info) {
    ObjectNode source = object();
    source.put("version", "3.6.1.Final").put("connector", "postgresql").put("name", "b2b");
    source.put("ts_ms", info.tsMs());
    source.put("snapshot", info.snapshot()).put("db", "platform");
    source.put("schema", "public").put("table", table.table());
    boolean asText = random.nextInt(10) == 0;
    number(source, "txId", info.txId(), asText);
    number(source, "lsn", info.lsn(), asText);
    source.putNull("xmin");
    return source;
  }

  private void number(ObjectNode source, String field, Long number, boolean asText) {
    if (number == null && random.nextBoolean()) {
      return;
    }
    if (number != null && asText) {
      source.put(field, String.valueOf(number));
    } else {
      source.put(field, number);
    }
  }

  private static ObjectNode struct(SourceTable table, String suffix, List<Column> columns) {
    ObjectNode schema = object();
    schema.put("type", "struct");
    ArrayNode fields = schema.putArray("fields");
    columns.forEach(column -> CellEncoder.schema(fields.addObject(), column));
    schema.put("optional", false);
    schema.put("name", table.topic() + "." + suffix);
    return schema;
  }

  private static ObjectNode wrapped(ObjectNode schema, ObjectNode payload) {
    ObjectNode message = object();
    message.set("schema", schema);
    message.set("payload", payload);
    return message;
  }
}
