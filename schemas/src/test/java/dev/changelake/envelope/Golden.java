package dev.changelake.envelope;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/**
 * What Debezium's own classes wrote for one table; {@code golden/README.md} says how.
 *
 * <p>The files are indented for people; a message is their compact form.
 */
record Golden(String table) {
  private static final JsonMapper MAPPER = new JsonMapper();

  JsonNode key(String operation, boolean inlineSchema) {
    return message(operation, "key", inlineSchema);
  }

  /** The value; a null node for a tombstone. */
  JsonNode value(String operation, boolean inlineSchema) {
    return message(operation, "value", inlineSchema);
  }

  byte[] keyBytes(String operation, boolean inlineSchema) {
    return bytes(key(operation, inlineSchema));
  }

  /** The value's bytes; null for a tombstone. */
  byte[] valueBytes(String operation, boolean inlineSchema) {
    JsonNode value = value(operation, inlineSchema);
    return value.isNull() ? null : bytes(value);
  }

  static byte[] bytes(JsonNode node) {
    try {
      return MAPPER.writeValueAsBytes(node);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode tree(byte[] bytes) {
    try {
      return MAPPER.readTree(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonNode message(String operation, String part, boolean inlineSchema) {
    JsonNode payload = file(operation + ".json").get(part);
    if (payload.isNull() || !inlineSchema) {
      return payload;
    }
    ObjectNode message = MAPPER.createObjectNode();
    message.set("schema", file(part + ".schema.json"));
    message.set("payload", payload);
    return message;
  }

  private JsonNode file(String name) {
    String path = "/golden/" + table + "/" + name;
    try (InputStream content = Golden.class.getResourceAsStream(path)) {
      return MAPPER.readTree(Objects.requireNonNull(content, path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
