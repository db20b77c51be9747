package dev.changelake.envelope;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.changelake.contract.Column;
import dev.changelake.contract.ColumnType;
import dev.changelake.contract.TableContract;
import java.util.List;

/**
 * The inline schemas of one table's keys and values, as Kafka Connect's JSON converter has them.
 */
final class EnvelopeSchema {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String SNAPSHOT_MARKERS =
      "true,first,first_in_data_collection,last_in_data_collection,last,false,incremental";

  private final ObjectNode key;
  private final ObjectNode value;

  EnvelopeSchema(TableContract contract) {
    String topic = contract.topic();
    this.key = struct(contract.keyColumns(), topic + ".Key", false);
    this.value = MAPPER.createObjectNode().put("type", "struct");
    ArrayNode fields = value.putArray("fields");
    List<Column> columns = contract.messageColumns();
    fields.add(struct(columns, topic + ".Value", true).put("field", "before"));
    fields.add(struct(columns, topic + ".Value", true).put("field", "after"));
    fields.add(source());
    fields.add(transaction());
    fields.add(primitive("string", false, "op"));
    fields.add(primitive("int64", true, "ts_ms"));
    fields.add(primitive("int64", true, "ts_us"));
    fields.add(primitive("int64", true, "ts_ns"));
    value.put("optional", false).put("name", topic + ".Envelope").put("version", 2);
  }

  ObjectNode key(ObjectNode payload) {
    return wrap(key, payload);
  }

  ObjectNode value(ObjectNode payload) {
    return wrap(value, payload);
  }

  private static ObjectNode wrap(ObjectNode schema, ObjectNode payload) {
    ObjectNode message = MAPPER.createObjectNode();
    message.set("schema", schema);
    message.set("payload", payload);
    return message;
  }

  private static ObjectNode struct(List<Column> columns, String name, boolean optional) {
    ObjectNode struct = MAPPER.createObjectNode().put("type", "struct");
    ArrayNode fields = struct.putArray("fields");
    columns.forEach(column -> fields.add(column(column)));
    return struct.put("optional", optional).put("name", name);
  }

  private static ObjectNode column(Column column) {
    return type(column.type(), column.nullable()).put("field", column.name());
  }

  private static ObjectNode type(ColumnType type, boolean optional) {
    ObjectNode node = MAPPER.createObjectNode();
    return switch (type.kind()) {
      case BIGINT -> node.put("type", "int64").put("optional", optional);
      case INT -> node.put("type", "int32").put("optional", optional);
      case BOOLEAN -> node.put("type", "boolean").put("optional", optional);
      case STRING -> node.put("type", "string").put("optional", optional);
      case DOUBLE -> node.put("type", "double").put("optional", optional);
      case FLOAT -> node.put("type", "float").put("optional", optional);
      case BINARY -> node.put("type", "bytes").put("optional", optional);
      case DATE -> named(node, "int32", optional, "io.debezium.time.Date");
      case TIME -> named(node, "int64", optional, "io.debezium.time.MicroTime");
      case TIMESTAMP -> named(node, "string", optional, "io.debezium.time.ZonedTimestamp");
      case TIMESTAMP_NTZ -> named(node, "int64", optional, "io.debezium.time.MicroTimestamp");
      case DECIMAL -> decimal(node, type, optional);
      case ARRAY -> {
        node.put("type", "array").set("items", type(type.element().orElseThrow(), true));
        yield node.put("optional", optional);
      }
      case MAP -> {
        node.put("type", "map");
        node.putObject("keys").put("type", "string").put("optional", false);
        node.putObject("values").put("type", "string").put("optional", true);
        yield node.put("optional", optional);
      }
    };
  }

  private static ObjectNode decimal(ObjectNode node, ColumnType type, boolean optional) {
    named(node, "bytes", optional, "org.apache.kafka.connect.data.Decimal")
        .putObject("parameters")
        .put("scale", Integer.toString(type.scale()))
        .put("connect.decimal.precision", Integer.toString(type.precision()));
    return node;
  }

  private static ObjectNode named(ObjectNode node, String type, boolean optional, String name) {
    return node.put("type", type).put("optional", optional).put("name", name).put("version", 1);
  }

  private static ObjectNode source() {
    ObjectNode source = MAPPER.createObjectNode().put("type", "struct");
    ArrayNode fields = source.putArray("fields");
    for (String name : List.of("version", "connector", "name")) {
      fields.add(primitive("string", false, name));
    }
    fields.add(primitive("int64", false, "ts_ms"));
    fields.add(snapshot());
    fields.add(primitive("string", false, "db"));
    fields.add(primitive("string", true, "sequence"));
    fields.add(primitive("int64", true, "ts_us"));
    fields.add(primitive("int64", true, "ts_ns"));
    fields.add(primitive("string", false, "schema"));
    fields.add(primitive("string", false, "table"));
    for (String name : List.of("txId", "lsn", "xmin")) {
      fields.add(primitive("int64", true, name));
    }
    fields.add(primitive("string", true, "origin"));
    fields.add(primitive("int64", true, "origin_lsn"));
    return source
        .put("optional", false)
        .put("name", "io.debezium.connector.postgresql.Source")
        .put("version", 1)
        .put("field", "source");
  }

  private static ObjectNode snapshot() {
    ObjectNode snapshot =
        MAPPER
            .createObjectNode()
            .put("type", "string")
            .put("optional", true)
            .put("name", "io.debezium.data.Enum")
            .put("version", 1);
    snapshot.putObject("parameters").put("allowed", SNAPSHOT_MARKERS);
    return snapshot.put("default", "false").put("field", "snapshot");
  }

  private static ObjectNode transaction() {
    ObjectNode transaction = MAPPER.createObjectNode().put("type", "struct");
    ArrayNode fields = transaction.putArray("fields");
    fields.add(primitive("string", false, "id"));
    fields.add(primitive("int64", false, "total_order"));
    fields.add(primitive("int64", false, "data_collection_order"));
    return transaction
        .put("optional", true)
        .put("name", "event.block")
        .put("version", 1)
        .put("field", "transaction");
  }

  private static ObjectNode primitive(String type, boolean optional, String field) {
    return MAPPER
        .createObjectNode()
        .put("type", type)
        .put("optional", optional)
        .put("field", field);
  }
}
