package dev.changelake.compact.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.changelake.envelope.DecodedRecord;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One record of a topic, as it is on the wire and as the decoder takes it.
 *
 * @param key the key; absent if the record has none
 * @param value the value; absent in a tombstone
 */
record SampledRecord(
    int partition,
    long offset,
    Instant timestamp,
    Optional<Part> key,
    Optional<Part> value,
    DecodedRecord decoded) {
  SampledRecord {
    Objects.requireNonNull(timestamp, "timestamp");
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(decoded, "decoded");
  }

  /**
   * A key or a value.
   *
   * @param payload missing if it is not JSON
   * @param schema missing if it carries none
   */
  record Part(JsonNode payload, JsonNode schema) {
    static final Part UNREADABLE = new Part(MissingNode.getInstance(), MissingNode.getInstance());

    boolean hasSchema() {
      return schema.isObject();
    }
  }

  /** Where it stands, as messages name it. */
  String position() {
    return partition + ":" + offset;
  }

  JsonNode payload() {
    return value.map(Part::payload).orElse(MissingNode.getInstance());
  }

  JsonNode keyPayload() {
    return key.map(Part::payload).orElse(MissingNode.getInstance());
  }

  boolean isEnvelope() {
    return payload().path("op").isTextual() && source().isObject();
  }

  JsonNode source() {
    return payload().path("source");
  }

  boolean hasOp(String code) {
    return code.equals(payload().path("op").textValue());
  }

  boolean isSnapshot() {
    String marker = snapshot();
    return !marker.isEmpty() && !marker.equals("false");
  }

  /** Debezium's marker; its documentation shows true and false without quotes too. */
  String snapshot() {
    JsonNode marker = source().path("snapshot");
    return marker.isNull() ? "" : marker.asText();
  }

  /** The row that the record brings; missing if it brings none. */
  JsonNode after() {
    return payload().path("after");
  }

  /** The schema of each column of the rows, by its name; empty without a schema. */
  Map<String, JsonNode> columnSchemas() {
    Map<String, JsonNode> columns = new LinkedHashMap<>();
    JsonNode schema = value.map(Part::schema).orElse(MissingNode.getInstance());
    for (JsonNode image : schema.path("fields")) {
      if (image.path("field").asText().equals("after")) {
        image.path("fields").forEach(column -> columns.put(column.path("field").asText(), column));
      }
    }
    return columns;
  }

  /** The semantic name of a column's schema where there is one, else its type. */
  static String form(JsonNode schema) {
    return schema.path("name").isTextual()
        ? schema.path("name").textValue()
        : schema.path("type").asText();
  }
}
