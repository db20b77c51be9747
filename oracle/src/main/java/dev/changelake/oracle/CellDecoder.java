package dev.changelake.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.List;

/** Turns one JSON value into a cell, or says why it cannot be one without loss. */
final class CellDecoder {

  private static final List<String> INTEGERS = List.of("int8", "int16", "int32", "int64");
  private static final String CONNECT_DECIMAL = "org.apache.kafka.connect.data.Decimal";

  private CellDecoder() {}

  /**
   * Decodes a value that is not null.
   *
   * @param schema the field's inline schema, or null when the record has none for it
   */
  static Object decode(Column column, JsonNode value, JsonNode schema) {
    if (schema != null) {
      requireDefaultType(column, schema);
    }
    return switch (column.type()) {
      case BIGINT -> integer(column, value, Long.MIN_VALUE, Long.MAX_VALUE);
      case INT -> (int) integer(column, value, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case DATE ->
          LocalDate.ofEpochDay(integer(column, value, Integer.MIN_VALUE, Integer.MAX_VALUE));
      case BOOLEAN -> {
        require(value.isBoolean(), column, "a boolean");
        yield value.booleanValue();
      }
      case STRING -> text(column, value);
      case TIMESTAMP -> timestamp(column, text(column, value));
      case DECIMAL -> decimal(column, value, schema);
    };
  }

  private static void requireDefaultType(Column column, JsonNode schema) {
    String type = schema.path("type").asText();
    String name = schema.path("name").asText("");
    boolean usual =
        switch (column.type()) {
          case BIGINT, INT -> INTEGERS.contains(type) && name.isEmpty();
          case DATE -> name.equals("io.debezium.time.Date");
          case BOOLEAN -> type.equals("boolean");
          case STRING -> type.equals("string") && name.isEmpty();
          case TIMESTAMP -> name.equals("io.debezium.time.ZonedTimestamp");
          case DECIMAL -> name.equals(CONNECT_DECIMAL);
        };
    require(usual, column, "of its default inline type");
  }

  private static long integer(Column column, JsonNode value, long least, long greatest) {
    require(value.isIntegralNumber() && value.canConvertToLong(), column, "an integer");
    long number = value.longValue();
    require(number >= least && number <= greatest, column, "within its type");
    return number;
  }

  private static String text(Column column, JsonNode value) {
    require(value.isTextual(), column, "text");
    return value.textValue();
  }

  private static Instant timestamp(Column column, String text) {
    Instant instant;
    try {
      instant = OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw unusable(column, "an ISO-8601 time with a zone");
    }
    require(instant.getNano() % 1000 == 0, column, "whole microseconds");
    return instant;
  }

  private static BigDecimal decimal(Column column, JsonNode value, JsonNode schema) {
    int scale = ColumnType.DECIMAL_SCALE;
    if (schema != null) {
      scale = schema.path("parameters").path("scale").asInt(Integer.MIN_VALUE);
      require(scale != Integer.MIN_VALUE, column, "given with parameters.scale");
    }
    if (value.isNumber()) {
      return fit(column, value.decimalValue());
    }
    byte[] unscaled;
    try {
      unscaled = Base64.getDecoder().decode(text(column, value));
    } catch (IllegalArgumentException e) {
      throw unusable(column, "base64");
    }
    require(unscaled.length > 0, column, "at least one byte");
    return fit(column, new BigDecimal(new BigInteger(unscaled), scale));
  }

  private static BigDecimal fit(Column column, BigDecimal number) {
    if (number.signum() == 0) {
      return BigDecimal.ZERO.setScale(ColumnType.DECIMAL_SCALE);
    }
    BigDecimal shortest = number.stripTrailingZeros();
    int whole = shortest.precision() - shortest.scale();
    require(shortest.scale() <= ColumnType.DECIMAL_SCALE, column, "exact at its scale");
    require(
        whole <= ColumnType.DECIMAL_PRECISION - ColumnType.DECIMAL_SCALE,
        column,
        "within 18 digits");
    return shortest.setScale(ColumnType.DECIMAL_SCALE);
  }

  private static void require(boolean condition, Column column, String what) {
    if (!condition) {
      throw unusable(column, what);
    }
  }

  private static Unusable unusable(Column column, String what) {
    return new Unusable(column.name() + " is not " + what);
  }
}
