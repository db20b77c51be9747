package dev.changelake.envelope;

import com.fasterxml.jackson.databind.JsonNode;
import dev.changelake.contract.Column;

/**
 * Turns one JSON value into exactly the value of its column, or refuses it.
 *
 * <p>With an inline schema, the schema decides the form and the contract the type. Without one a
 * value is read as Debezium's default settings send it, and in a form that cannot be confused with
 * that: decimals as base64 of the unscaled number with the contract's scale, as numbers or as
 * {@code VariableScaleDecimal}; bytes as base64; dates as days since 1970, as ISO 8601 text or in
 * parts; timestamps as ISO 8601 text with a zone or in parts with an offset; times and local
 * timestamps as ISO 8601 text or in parts, but not as numbers, which are milliseconds or
 * microseconds as the source's column happens to be declared. An array's elements are read as
 * values of their type are.
 */
final class WireValue {
  private WireValue() {}

  static Object decode(Column column, JsonNode node, WireSchema schema) throws Quarantine {
    return switch (column.type().kind()) {
      case BIGINT -> WireScalars.integral(column, node, schema, Long.MIN_VALUE, Long.MAX_VALUE);
      case INT ->
          (int) WireScalars.integral(column, node, schema, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case BOOLEAN -> WireScalars.bool(column, node, schema);
      case STRING -> WireScalars.text(column, node, schema);
      case DATE -> WireDates.date(column, node, schema);
      case TIME -> WireTimes.time(column, node, schema);
      case TIMESTAMP -> WireTimestamps.instant(column, node, schema);
      case TIMESTAMP_NTZ -> WireTimestamps.local(column, node, schema);
      case DECIMAL -> WireDecimals.decimal(column, node, schema);
      case DOUBLE -> WireFloats.float64(column, node, schema);
      case FLOAT -> WireFloats.float32(column, node, schema);
      case BINARY -> WireBinary.bytes(column, node, schema);
      case ARRAY -> WireArrays.list(column, node, schema);
      case MAP -> WireMaps.texts(column, node, schema);
    };
  }
}
