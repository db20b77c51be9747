package dev.changelake.envelope;

import com.fasterxml.jackson.databind.JsonNode;
import dev.changelake.contract.Column;
import java.math.BigDecimal;

/**
 * Binary floating-point numbers.
 *
 * <p>Kafka Connect's {@code JsonConverter} writes them by Jackson: the shortest decimal text that
 * stands for the number, and the texts {@code NaN}, {@code Infinity} and {@code -Infinity}. The
 * schema's type says of how many bits the number is that a text stands for; a number of 32 bits is
 * widened exactly, one of 64 bits narrowed only where that is exact.
 */
final class WireFloats {
  /**
   * Seventeen digits tell any number of 64 bits from all others, but {@code Double.toString} of
   * Java before 19 gives some of them one more (JDK-4511638).
   */
  private static final int DIGITS_OF_64_BITS = 18;

  private static final int DIGITS_OF_32_BITS = 9;

  private WireFloats() {}

  static Double float64(Column column, JsonNode node, WireSchema schema) throws Quarantine {
    if (schema.isKnown() && isFloat32(schema)) {
      return (double) nearestFloat(column, node, schema);
    }
    if (WireScalars.isInteger(schema) && !schema.typeName().equals("int64")) {
      return (double)
          WireScalars.integral(column, node, schema, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }
    if (schema.isKnown() && !isFloat64(schema)) {
      throw WireRefusal.mismatch(column, node, schema);
    }
    return nearestDouble(column, node, schema);
  }

  static Float float32(Column column, JsonNode node, WireSchema schema) throws Quarantine {
    if (!schema.isKnown() || isFloat32(schema)) {
      return nearestFloat(column, node, schema);
    }
    if (isFloat64(schema)) {
      double wide = nearestDouble(column, node, schema);
      float narrow = (float) wide;
      if (Double.compare(narrow, wide) == 0) {
        return narrow;
      }
    }
    throw WireRefusal.mismatch(column, node, schema);
  }

  /** Whether the schema is that of a plain number of 64 bits. */
  static boolean isFloat64(WireSchema schema) {
    return schema.typeName().equals("double") || schema.typeName().equals("float64");
  }

  private static boolean isFloat32(WireSchema schema) {
    return schema.typeName().equals("float") || schema.typeName().equals("float32");
  }

  private static double nearestDouble(Column column, JsonNode node, WireSchema schema)
      throws Quarantine {
    if (node.isTextual()) {
      return notFinite(column, node, schema);
    }
    double value = node.isNumber() ? node.doubleValue() : Double.NaN;
    boolean isIt =
        Double.isFinite(value)
            && (value == 0 ? isZero(node) : isText(node, value, DIGITS_OF_64_BITS));
    if (!isIt) {
      throw WireRefusal.mismatch(column, node, schema);
    }
    return value;
  }

  private static float nearestFloat(Column column, JsonNode node, WireSchema schema)
      throws Quarantine {
    if (node.isTextual()) {
      return (float) notFinite(column, node, schema);
    }
    float value = node.isNumber() ? node.floatValue() : Float.NaN;
    boolean isIt =
        Float.isFinite(value)
            && (value == 0 ? isZero(node) : isText(node, value, DIGITS_OF_32_BITS));
    if (!isIt) {
      throw WireRefusal.mismatch(column, node, schema);
    }
    return value;
  }

  /** A number that is too small for the type is not zero. */
  private static boolean isZero(JsonNode node) {
    return node.decimalValue().signum() == 0;
  }

  /** Whether no digit was lost: an integer has to be exact, a fraction no longer than it needs. */
  private static boolean isText(JsonNode node, double value, int digits) {
    BigDecimal number = node.decimalValue();
    return !node.isIntegralNumber() && number.precision() <= digits
        || new BigDecimal(value).compareTo(number) == 0;
  }

  private static double notFinite(Column column, JsonNode node, WireSchema schema)
      throws Quarantine {
    return switch (node.textValue()) {
      case "NaN" -> Double.NaN;
      case "Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      default -> throw WireRefusal.mismatch(column, node, schema);
    };
  }
}
