package dev.changelake.envelope;

import com.fasterxml.jackson.databind.JsonNode;
import dev.changelake.contract.Column;
import dev.changelake.contract.ColumnType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * Exact numbers, in each form of Debezium's {@code decimal.handling.mode}.
 *
 * <p>{@code precise}: Connect's {@code Decimal}, as base64 or, with {@code decimal.format=NUMERIC},
 * as a number; for columns without a scale {@code io.debezium.data.VariableScaleDecimal}. {@code
 * string}: what {@code BigDecimal.toPlainString} gives. {@code double}: only where one decimal
 * alone can have been meant. Infinity and NaN are what {@code io.debezium.data.SpecialValueDecimal}
 * makes of them.
 */
final class WireDecimals {
  private static final String CONNECT_DECIMAL = "org.apache.kafka.connect.data.Decimal";
  private static final String VARIABLE_SCALE = "io.debezium.data.VariableScaleDecimal";

  /** Far more base64 than the widest decimal needs: a longer number is not even computed. */
  private static final int LONGEST_DECIMAL = 128;

  /** Far more text than the widest decimal needs. */
  private static final int LONGEST_TEXT = 160;

  /** Decimals of so many digits are all told apart by their nearest doubles (IEEE 754). */
  private static final int DIGITS_THAT_A_DOUBLE_KEEPS = 15;

  private WireDecimals() {}

  static BigDecimal decimal(Column column, JsonNode node, WireSchema schema) throws Quarantine {
    if (!schema.isKnown()) {
      return withoutSchema(column, node);
    }
    String form = schema.typeName();
    if (form.equals(CONNECT_DECIMAL)) {
      return precise(column, node, schema, schema.scale());
    }
    if (form.equals("string") && node.isTextual()) {
      return fit(column, number(column, node, schema), node, schema);
    }
    if (form.equals(VARIABLE_SCALE)) {
      return variableScale(column, node, schema);
    }
    if (WireFloats.isFloat64(schema)) {
      return fromDouble(column, node, schema);
    }
    if (WireScalars.isInteger(schema)) {
      long whole = WireScalars.integral(column, node, schema, Long.MIN_VALUE, Long.MAX_VALUE);
      return fit(column, BigDecimal.valueOf(whole), node, schema);
    }
    throw WireRefusal.mismatch(column, node, schema);
  }

  /** Text is base64; the one special text that would be base64 too is taken for what it says. */
  private static BigDecimal withoutSchema(Column column, JsonNode node) throws Quarantine {
    if (node.isObject()) {
      return variableScale(column, node, WireSchema.NONE);
    }
    if (node.isTextual() && isSpecial(node.textValue())) {
      throw WireRefusal.special(column, node, WireSchema.NONE);
    }
    return precise(column, node, WireSchema.NONE, column.type().scale());
  }

  private static BigDecimal precise(Column column, JsonNode node, WireSchema schema, int scale)
      throws Quarantine {
    if (node.isNumber()) {
      return fit(column, node.decimalValue(), node, schema);
    }
    if (!node.isTextual() || scale < 0) {
      throw WireRefusal.mismatch(column, node, schema);
    }
    BigInteger unscaled = unscaled(column, node.textValue());
    if (unscaled == null) {
      throw WireRefusal.mismatch(column, node, schema);
    }
    return fit(column, new BigDecimal(unscaled, scale), node, schema);
  }

  private static BigDecimal variableScale(Column column, JsonNode node, WireSchema schema)
      throws Quarantine {
    JsonNode scale = node.path("scale");
    JsonNode value = node.path("value");
    boolean isOne = node.isObject() && node.size() == 2 && scale.isInt() && value.isTextual();
    BigInteger unscaled = isOne ? unscaled(column, value.textValue()) : null;
    if (unscaled == null) {
      throw WireRefusal.mismatch(column, node, schema);
    }
    return fit(column, new BigDecimal(unscaled, scale.intValue()), node, schema);
  }

  /** The number that base64 of its two's complement stands for; null if the text is not that. */
  private static BigInteger unscaled(Column column, String base64) throws Quarantine {
    if (base64.length() > LONGEST_DECIMAL) {
      throw WireRefusal.overflow(column);
    }
    byte[] bytes = WireBinary.base64(base64);
    return bytes == null || bytes.length == 0 ? null : new BigInteger(bytes);
  }

  private static BigDecimal number(Column column, JsonNode node, WireSchema schema)
      throws Quarantine {
    String text = node.textValue();
    if (isSpecial(text)) {
      throw WireRefusal.special(column, node, schema);
    }
    // Digits of other scripts are numbers to BigDecimal, and to no database.
    if (text.length() <= LONGEST_TEXT && isAscii(text)) {
      try {
        return new BigDecimal(text);
      } catch (NumberFormatException e) {
        // Not a number: told below.
      }
    }
    throw WireRefusal.mismatch(column, node, schema);
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 127) {
        return false;
      }
    }
    return true;
  }

  /**
   * The decimal of which the double is the nearest one. With at most 15 digits there is no second,
   * and so nothing was lost on the way.
   */
  private static BigDecimal fromDouble(Column column, JsonNode node, WireSchema schema)
      throws Quarantine {
    if (node.isTextual() && isSpecial(node.textValue())) {
      throw WireRefusal.special(column, node, schema);
    }
    ColumnType type = column.type();
    if (!node.isNumber() || type.precision() > DIGITS_THAT_A_DOUBLE_KEEPS) {
      throw WireRefusal.mismatch(column, node, schema);
    }
    double sent = node.doubleValue();
    if (!Double.isFinite(sent) || Math.abs(sent) >= 1e15) {
      throw WireRefusal.overflow(column);
    }
    BigDecimal meant = new BigDecimal(sent).setScale(type.scale(), RoundingMode.HALF_EVEN);
    if (meant.doubleValue() != sent) {
      throw WireRefusal.mismatch(column, node, schema);
    }
    return fit(column, meant, node, schema);
  }

  private static boolean isSpecial(String text) {
    return switch (text) {
      case "NaN", "NAN", "Infinity", "-Infinity", "POSITIVE_INFINITY", "NEGATIVE_INFINITY" -> true;
      default -> false;
    };
  }

  private static BigDecimal fit(Column column, BigDecimal value, JsonNode node, WireSchema schema)
      throws Quarantine {
    ColumnType type = column.type();
    if (value.signum() == 0) {
      return BigDecimal.ZERO.setScale(type.scale());
    }
    // Both told by counting digits: setScale would expand an absurd exponent.
    if ((long) value.precision() - value.scale() > type.precision() - type.scale()) {
      throw WireRefusal.overflow(column);
    }
    if ((long) value.scale() - value.precision() >= type.scale()) {
      throw WireRefusal.mismatch(column, node, schema);
    }
    try {
      return value.setScale(type.scale());
    } catch (ArithmeticException e) {
      throw WireRefusal.mismatch(column, node, schema);
    }
  }
}
