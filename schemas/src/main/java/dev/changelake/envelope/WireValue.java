package dev.changelake.envelope;

import com.fasterxml.jackson.databind.JsonNode;
import dev.changelake.contract.Column;
import dev.changelake.contract.ColumnType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Turns one JSON value into exactly the value of its column, or refuses it.
 *
 * <p>Without an inline schema a value has the form of Debezium's defaults: decimals as base64 of
 * the unscaled number with the contract's scale, dates as days since 1970, timestamps as ISO 8601
 * text with a zone. With one, the schema decides the form and the contract the type.
 */
final class WireValue {
  private static final String CONNECT_DECIMAL = "org.apache.kafka.connect.data.Decimal";
  private static final String ZONED_TIMESTAMP = "io.debezium.time.ZonedTimestamp";
  private static final Set<String> INTEGERS = Set.of("int8", "int16", "int32", "int64");
  private static final Pattern PLAIN_NUMBER = Pattern.compile("[+-]?\\d{1,80}(\\.\\d{1,80})?");
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._]{1,100}");

  /** Far more base64 than the widest decimal needs: a longer number is not even computed. */
  private static final int LONGEST_DECIMAL = 128;

  /** What Debezium sends for an unchanged value that PostgreSQL keeps outside the row (TOAST). */
  private static final String UNAVAILABLE = "__debezium_unavailable_value";

  private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant TOO_LATE = Instant.parse("+10000-01-01T00:00:00Z");

  private WireValue() {}

  static Object decode(Column column, JsonNode node, WireSchema schema) throws Quarantine {
    return switch (column.type().kind()) {
      case BIGINT -> integral(column, node, schema, Long.MIN_VALUE, Long.MAX_VALUE);
      case INT -> (int) integral(column, node, schema, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case BOOLEAN -> bool(column, node, schema);
      case STRING -> text(column, node, schema);
      case DATE -> date(column, node, schema);
      case TIMESTAMP -> timestamp(column, node, schema);
      case DECIMAL -> decimal(column, node, schema);
    };
  }

  /** Whether the value stands for one that the source did not send. */
  static boolean isUnavailable(JsonNode node) {
    return node.isTextual() && node.textValue().equals(UNAVAILABLE);
  }

  /** Whether a timestamp column can hold the instant exactly. */
  static boolean isRepresentable(Instant instant) {
    return instant.getNano() % 1000 == 0
        && !instant.isBefore(EARLIEST)
        && instant.isBefore(TOO_LATE);
  }

  private static long integral(
      Column column, JsonNode node, WireSchema schema, long minimum, long maximum)
      throws Quarantine {
    boolean plain = !schema.isKnown() || INTEGERS.contains(schema.typeName());
    if (!plain || !node.isIntegralNumber() || !node.canConvertToLong()) {
      throw mismatch(column, node, schema);
    }
    long value = node.longValue();
    if (value < minimum || value > maximum) {
      throw mismatch(column, node, schema);
    }
    return value;
  }

  private static Boolean bool(Column column, JsonNode node, WireSchema schema) throws Quarantine {
    if (!node.isBoolean() || (schema.isKnown() && !schema.typeName().equals("boolean"))) {
      throw mismatch(column, node, schema);
    }
    return node.booleanValue();
  }

  /** Any string, whatever its semantic name, but not bytes, which are base64 in JSON. */
  private static String text(Column column, JsonNode node, WireSchema schema) throws Quarantine {
    boolean plain = !schema.isKnown() || schema.type().equals("string");
    if (!plain || !node.isTextual() || hasLoneSurrogate(node.textValue())) {
      throw mismatch(column, node, schema);
    }
    return node.textValue();
  }

  /** A lone surrogate has no UTF-8 form, so it could not be stored as it is. */
  private static boolean hasLoneSurrogate(String text) {
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (Character.isHighSurrogate(unit)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(unit)) {
        return true;
      }
    }
    return false;
  }

  private static LocalDate date(Column column, JsonNode node, WireSchema schema) throws Quarantine {
    boolean days =
        !schema.isKnown()
            || schema.typeName().equals("io.debezium.time.Date")
            || schema.typeName().equals("org.apache.kafka.connect.data.Date");
    if (!days || !node.isIntegralNumber() || !node.canConvertToInt()) {
      throw mismatch(column, node, schema);
    }
    LocalDate date = LocalDate.ofEpochDay(node.intValue());
    if (date.getYear() < 1 || date.getYear() > 9999) {
      throw mismatch(column, node, schema);
    }
    return date;
  }

  private static Instant timestamp(Column column, JsonNode node, WireSchema schema)
      throws Quarantine {
    String form = schema.isKnown() ? schema.typeName() : ZONED_TIMESTAMP;
    Instant instant = null;
    try {
      if (node.isTextual() && form.equals(ZONED_TIMESTAMP)) {
        instant = OffsetDateTime.parse(node.textValue()).toInstant();
      } else if (node.isIntegralNumber() && node.canConvertToLong()) {
        instant = sinceEpoch(form, node.longValue());
      }
    } catch (DateTimeException | ArithmeticException e) {
      // Not an instant: told below.
    }
    if (instant == null || !isRepresentable(instant)) {
      throw mismatch(column, node, schema);
    }
    return instant;
  }

  private static Instant sinceEpoch(String form, long count) {
    return switch (form) {
      case "io.debezium.time.Timestamp", "org.apache.kafka.connect.data.Timestamp" ->
          Instant.ofEpochMilli(count);
      case "io.debezium.time.MicroTimestamp" -> Instant.EPOCH.plus(count, ChronoUnit.MICROS);
      default -> null;
    };
  }

  private static BigDecimal decimal(Column column, JsonNode node, WireSchema schema)
      throws Quarantine {
    BigDecimal value;
    if (node.isTextual() && (!schema.isKnown() || schema.typeName().equals(CONNECT_DECIMAL))) {
      int scale = schema.isKnown() ? schema.scale() : column.type().scale();
      if (scale < 0) {
        throw mismatch(column, node, schema);
      }
      value = new BigDecimal(unscaled(column, node, schema), scale);
    } else if (node.isNumber()
        && (!schema.isKnown() || schema.typeName().equals(CONNECT_DECIMAL))) {
      value = node.decimalValue();
    } else if (node.isTextual() && schema.typeName().equals("string")) {
      value = plainNumber(column, node, schema);
    } else {
      throw mismatch(column, node, schema);
    }
    return fit(column, value, node, schema);
  }

  private static BigInteger unscaled(Column column, JsonNode node, WireSchema schema)
      throws Quarantine {
    if (node.textValue().length() > LONGEST_DECIMAL) {
      throw overflow(column);
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(node.textValue());
      if (bytes.length > 0) {
        return new BigInteger(bytes);
      }
    } catch (IllegalArgumentException e) {
      // Not base64: told below.
    }
    throw mismatch(column, node, schema);
  }

  private static BigDecimal plainNumber(Column column, JsonNode node, WireSchema schema)
      throws Quarantine {
    if (!PLAIN_NUMBER.matcher(node.textValue()).matches()) {
      throw mismatch(column, node, schema);
    }
    return new BigDecimal(node.textValue());
  }

  private static BigDecimal fit(Column column, BigDecimal value, JsonNode node, WireSchema schema)
      throws Quarantine {
    ColumnType type = column.type();
    if (value.signum() == 0) {
      return BigDecimal.ZERO.setScale(type.scale());
    }
    // Both told by counting digits: setScale would expand an absurd exponent.
    if ((long) value.precision() - value.scale() > type.precision() - type.scale()) {
      throw overflow(column);
    }
    if ((long) value.scale() - value.precision() >= type.scale()) {
      throw mismatch(column, node, schema);
    }
    try {
      return value.setScale(type.scale());
    } catch (ArithmeticException e) {
      throw mismatch(column, node, schema);
    }
  }

  private static Quarantine overflow(Column column) {
    return new Quarantine(
        QuarantineReason.DECIMAL_OVERFLOW,
        "%s does not fit %s".formatted(column.name(), column.type()));
  }

  /** The message names the column and the forms, never the value: it goes into logs. */
  private static Quarantine mismatch(Column column, JsonNode node, WireSchema schema) {
    String form =
        schema.isKnown() ? schema.typeName() : node.getNodeType().name().toLowerCase(Locale.ROOT);
    form = FORM.matcher(form).matches() ? form : "an unknown form";
    return new Quarantine(
        QuarantineReason.TYPE_MISMATCH,
        "%s is not exactly a %s (sent as %s)".formatted(column.name(), column.type(), form));
  }
}
