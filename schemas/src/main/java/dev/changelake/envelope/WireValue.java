package dev.changelake.envelope;

import com.fasterxml.jackson.databind.JsonNode;
import dev.changelake.contract.Column;

/**
 * Turns one JSON value into exactly the value of its column, or refuses it.
 *
 * <p>Without an inline schema a value has the form of Debezium's defaults: decimals as base64 of
 * the unscaled number with the contract's scale, dates as days since 1970, timestamps as ISO 8601
 * text with a zone. With one, the schema decides the form and the contract the type.
 */
final class WireValue {
  /** What Debezium sends for an unchanged value that PostgreSQL keeps outside the row (TOAST). */
  private static final String UNAVAILABLE = "__debezium_unavailable_value";

  private WireValue() {}

  static Object decode(Column column, JsonNode node, WireSchema schema) throws Quarantine {
    return switch (column.type().kind()) {
      case BIGINT -> WireScalars.integral(column, node, schema, Long.MIN_VALUE, Long.MAX_VALUE);
      case INT ->
          (int) WireScalars.integral(column, node, schema, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case BOOLEAN -> WireScalars.bool(column, node, schema);
      case STRING -> WireScalars.text(column, node, schema);
      case DATE -> WireTimes.date(column, node, schema);
      case TIMESTAMP -> WireTimes.timestamp(column, node, schema);
      case DECIMAL -> WireDecimals.decimal(column, node, schema);
    };
  }

  /** Whether the value stands for one that the source did not send. */
  static boolean isUnavailable(JsonNode node) {
    return node.isTextual() && node.textValue().equals(UNAVAILABLE);
  }
}
