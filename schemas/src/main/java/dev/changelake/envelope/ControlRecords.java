package dev.changelake.envelope;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.changelake.contract.Column;
import dev.changelake.contract.TableContract;
import java.io.IOException;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Knows the records that Debezium writes beside changes, which a router may send to a table's
 * topic.
 *
 * <p>Each is known by its whole shape, key and value, as {@code SchemaFactory}, {@code
 * SinkNotificationChannel} and the documentation of signals have it. What could be a row of the
 * table is none.
 */
final class ControlRecords {
  private static final Set<String> HEARTBEAT = Set.of("ts_ms");
  private static final Set<String> TRANSACTION =
      Set.of("status", "id", "event_count", "data_collections", "ts_ms");
  private static final Set<String> DATA_COLLECTION = Set.of("data_collection", "event_count");
  private static final Set<String> SCHEMA_CHANGE =
      Set.of("source", "ts_ms", "databaseName", "schemaName", "ddl", "tableChanges");
  private static final Set<String> NOTIFICATION =
      Set.of("id", "aggregate_type", "type", "additional_data", "timestamp");
  private static final Set<String> SIGNAL = Set.of("id", "type", "data");
  private static final Set<String> SIGNALS =
      Set.of(
          "execute-snapshot",
          "stop-snapshot",
          "pause-snapshot",
          "resume-snapshot",
          "log",
          "schema-changes",
          "snapshot-window-open",
          "snapshot-window-close");

  private final String table;
  private final Set<String> columns = new HashSet<>();

  ControlRecords(TableContract contract) {
    this.table = contract.sourceTable();
    contract.messageColumns().stream().map(Column::sourceName).forEach(columns::add);
  }

  /** What a record that is no change is; empty if it is nothing that is known. */
  Optional<ControlKind> find(byte[] key, JsonNode value) {
    if (!value.isObject() || value.size() > SCHEMA_CHANGE.size() || couldBeRow(value)) {
      return Optional.empty();
    }
    if (isHeartbeat(value) && hasKey(key, "serverName", JsonNode::isTextual)) {
      return Optional.of(ControlKind.HEARTBEAT);
    }
    if (isTransaction(value) && hasKey(key, "id", value.get("id")::equals)) {
      return Optional.of(ControlKind.TRANSACTION);
    }
    if (isSchemaChange(value) && hasKey(key, "databaseName", value.get("databaseName")::equals)) {
      return Optional.of(ControlKind.SCHEMA_CHANGE);
    }
    if (isNotification(value) && hasKey(key, "id", value.get("id")::equals)) {
      return Optional.of(ControlKind.NOTIFICATION);
    }
    return Optional.empty();
  }

  /** Whether a change is one of the signal table, which has another name than the contract's. */
  boolean isSignal(byte[] key, WireChange change) throws Quarantine {
    String changed = change.table();
    if (changed == null || changed.equals(table)) {
      return false;
    }
    JsonNode row = change.after() == null ? change.before() : change.after();
    return row != null
        && has(row, SIGNAL)
        && row.get("id").isTextual()
        && SIGNALS.contains(row.get("type").asText())
        && isTextOrNull(row.get("data"))
        && (key == null || hasKey(key, "id", row.get("id")::equals));
  }

  private boolean couldBeRow(JsonNode value) {
    for (Iterator<String> names = value.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!columns.contains(name) && !FlattenedChange.isAdded(name)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isHeartbeat(JsonNode value) {
    return has(value, HEARTBEAT) && value.get("ts_ms").isIntegralNumber();
  }

  private static boolean isTransaction(JsonNode value) {
    if (!has(value, TRANSACTION)
        || !value.get("id").isTextual()
        || !value.get("ts_ms").isIntegralNumber()) {
      return false;
    }
    JsonNode events = value.get("event_count");
    JsonNode collections = value.get("data_collections");
    return switch (value.get("status").asText()) {
      case "BEGIN" -> events.isNull() && collections.isNull();
      case "END" -> events.isIntegralNumber() && areDataCollections(collections);
      default -> false;
    };
  }

  private static boolean areDataCollections(JsonNode collections) {
    for (JsonNode collection : collections) {
      if (!has(collection, DATA_COLLECTION)
          || !collection.get("data_collection").isTextual()
          || !collection.get("event_count").isIntegralNumber()) {
        return false;
      }
    }
    return collections.isArray();
  }

  private static boolean isSchemaChange(JsonNode value) {
    return has(value, SCHEMA_CHANGE)
        && value.get("source").isObject()
        && value.get("ts_ms").isIntegralNumber()
        && value.get("databaseName").isTextual()
        && isTextOrNull(value.get("schemaName"))
        && isTextOrNull(value.get("ddl"))
        && value.get("tableChanges").isArray();
  }

  private static boolean isNotification(JsonNode value) {
    return has(value, NOTIFICATION)
        && value.get("id").isTextual()
        && value.get("aggregate_type").isTextual()
        && value.get("type").isTextual()
        && value.get("timestamp").isIntegralNumber()
        && (value.get("additional_data").isNull() || value.get("additional_data").isObject());
  }

  private static boolean isTextOrNull(JsonNode node) {
    return node.isTextual() || node.isNull();
  }

  /** Whether these are all members. */
  private static boolean has(JsonNode node, Set<String> names) {
    return node.isObject() && node.size() == names.size() && names.stream().allMatch(node::has);
  }

  /** Whether the key is this one member. */
  private static boolean hasKey(byte[] key, String name, Predicate<JsonNode> holds) {
    JsonNode payload = payload(key);
    return payload.size() == 1 && payload.has(name) && holds.test(payload.get(name));
  }

  private static JsonNode payload(byte[] key) {
    try {
      return key == null ? MissingNode.getInstance() : WireMessage.parse(key).payload();
    } catch (IOException | NumberFormatException e) {
      return MissingNode.getInstance();
    }
  }
}
