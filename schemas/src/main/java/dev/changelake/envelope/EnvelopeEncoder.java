package dev.changelake.envelope;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.changelake.contract.Column;
import dev.changelake.contract.ColumnType;
import dev.changelake.contract.TableContract;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Writes the records of one table's topic in the form that Debezium's PostgreSQL connector sends by
 * default: decimals precise, dates as days, times and local timestamps in microseconds, timestamps
 * as ISO 8601 text, bytes as base64, and hstore as maps, which is not its default.
 *
 * <p>The same arguments always give the same bytes.
 */
public final class EnvelopeEncoder {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String VERSION = "3.6.1.Final";

  private final TableContract contract;
  private final EnvelopeSchema schema;

  /**
   * An encoder for the contract's topic.
   *
   * @param inlineSchema whether each key and value carries its schema, as Kafka Connect's {@code
   *     schemas.enable=true} does
   */
  public EnvelopeEncoder(TableContract contract, boolean inlineSchema) {
    this.contract = contract;
    this.schema = inlineSchema ? new EnvelopeSchema(contract) : null;
  }

  /** The record's key: the key columns of the row, none of which may be null. */
  public byte[] key(Map<String, ?> row) {
    contract.key().forEach(name -> Objects.requireNonNull(row.get(name), name));
    ObjectNode payload = struct(contract.keyColumns(), row);
    return bytes(schema == null ? payload : schema.key(payload));
  }

  /**
   * The record's value.
   *
   * <p>A column that a map does not hold is null. Debezium has no null where a column is not
   * nullable: in the before of a delete it writes zero, false or "" there.
   *
   * @param before the row's earlier image, or null
   * @param after the row's new image, or null
   */
  public byte[] value(
      Operation operation, Map<String, ?> before, Map<String, ?> after, SourceBlock source) {
    ObjectNode payload = MAPPER.createObjectNode();
    List<Column> columns = contract.messageColumns();
    payload.set("before", before == null ? MAPPER.nullNode() : struct(columns, before));
    payload.set("after", after == null ? MAPPER.nullNode() : struct(columns, after));
    payload.set("source", source(source));
    payload.putNull("transaction");
    payload.put("op", operation.code());
    payload.put("ts_ms", source.tsMs());
    payload.put("ts_us", source.tsMs() * 1_000L);
    payload.put("ts_ns", source.tsMs() * 1_000_000L);
    return bytes(schema == null ? payload : schema.value(payload));
  }

  private static ObjectNode source(SourceBlock source) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("version", VERSION);
    node.put("connector", "postgresql");
    node.put("name", source.name());
    node.put("ts_ms", source.tsMs());
    node.put("snapshot", source.snapshot());
    node.put("db", source.db());
    node.putNull("sequence");
    node.put("ts_us", source.tsMs() * 1_000L);
    node.put("ts_ns", source.tsMs() * 1_000_000L);
    node.put("schema", source.schema());
    node.put("table", source.table());
    node.put("txId", source.txId());
    node.put("lsn", source.lsn());
    node.putNull("xmin");
    node.putNull("origin");
    node.putNull("origin_lsn");
    return node;
  }

  private static ObjectNode struct(List<Column> columns, Map<String, ?> row) {
    ObjectNode node = MAPPER.createObjectNode();
    for (Column column : columns) {
      node.set(column.name(), value(column.type(), row.get(column.name())));
    }
    return node;
  }

  private static JsonNode value(ColumnType type, Object value) {
    JsonNodeFactory nodes = MAPPER.getNodeFactory();
    if (value == null) {
      return nodes.nullNode();
    }
    return switch (type.kind()) {
      case BIGINT -> nodes.numberNode((Long) value);
      case INT -> nodes.numberNode((Integer) value);
      case BOOLEAN -> nodes.booleanNode((Boolean) value);
      case STRING -> nodes.textNode((String) value);
      case DATE -> nodes.numberNode(((LocalDate) value).toEpochDay());
      case TIME -> nodes.numberNode(timeOfDay((String) value));
      case TIMESTAMP -> nodes.textNode(zoned((Instant) value));
      case TIMESTAMP_NTZ -> nodes.numberNode(micros((LocalDateTime) value));
      case DOUBLE -> nodes.numberNode((Double) value);
      case FLOAT -> nodes.numberNode((Float) value);
      case BINARY -> nodes.binaryNode((byte[]) value);
      case DECIMAL ->
          nodes.binaryNode(
              ((BigDecimal) value).setScale(type.scale()).unscaledValue().toByteArray());
      case ARRAY -> {
        ArrayNode elements = nodes.arrayNode();
        ((List<?>) value).forEach(each -> elements.add(value(type.element().orElseThrow(), each)));
        yield elements;
      }
      case MAP -> {
        ObjectNode texts = nodes.objectNode();
        ((Map<?, ?>) value).forEach((key, text) -> texts.put((String) key, (String) text));
        yield texts;
      }
    };
  }

  /** Debezium writes as many digits of the second as there are, and PostgreSQL has six. */
  private static String zoned(Instant instant) {
    if (!WireTimestamps.isRepresentable(instant)) {
      throw new IllegalArgumentException(
          "A timestamp lies in the years 1 to 9999 and is exact to the microsecond");
    }
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(instant.atOffset(ZoneOffset.UTC));
  }

  /** Debezium counts the microseconds since 1970 as if the clock had shown UTC. */
  private static long micros(LocalDateTime time) {
    Instant instant = time.toInstant(ZoneOffset.UTC);
    if (!WireTimestamps.isRepresentable(instant)) {
      throw new IllegalArgumentException(
          "A local timestamp lies in the years 1 to 9999 and is exact to the microsecond");
    }
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  private static long timeOfDay(String time) {
    long micros = TimeOfDay.micros(time);
    if (!TimeOfDay.is(micros)) {
      throw new IllegalArgumentException(
          "A time lies between 00:00:00 and 24:00:00 and is exact to the microsecond");
    }
    return micros;
  }

  private static byte[] bytes(ObjectNode node) {
    try {
      return MAPPER.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree of JSON nodes can be written", e);
    }
  }
}
