package dev.changelake.envelope;

import com.fasterxml.jackson.databind.JsonNode;
import dev.changelake.contract.Column;
import java.util.Set;

/** Integers, booleans and text. */
final class WireScalars {
  private static final Set<String> INTEGERS = Set.of("int8", "int16", "int32", "int64");

  private WireScalars() {}

  static long integral(Column column, JsonNode node, WireSchema schema, long minimum, long maximum)
      throws Quarantine {
    boolean plain = !schema.isKnown() || INTEGERS.contains(schema.typeName());
    if (!plain || !node.isIntegralNumber() || !node.canConvertToLong()) {
      throw WireRefusal.mismatch(column, node, schema);
    }
    long value = node.longValue();
    if (value < minimum || value > maximum) {
      throw WireRefusal.mismatch(column, node, schema);
    }
    return value;
  }

  /** Whether the schema is that of a plain integer. */
  static boolean isInteger(WireSchema schema) {
    return INTEGERS.contains(schema.typeName());
  }

  static Boolean bool(Column column, JsonNode node, WireSchema schema) throws Quarantine {
    if (!node.isBoolean() || (schema.isKnown() && !schema.typeName().equals("boolean"))) {
      throw WireRefusal.mismatch(column, node, schema);
    }
    return node.booleanValue();
  }

  /** Any string, whatever its semantic name, but not bytes, which are base64 in JSON. */
  static String text(Column column, JsonNode node, WireSchema schema) throws Quarantine {
    boolean plain = !schema.isKnown() || schema.type().equals("string");
    if (!plain || !node.isTextual() || hasLoneSurrogate(node.textValue())) {
      throw WireRefusal.mismatch(column, node, schema);
    }
    return node.textValue();
  }

  /** A lone surrogate has no UTF-8 form, so it could not be stored as it is. */
  static boolean hasLoneSurrogate(String text) {
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
}
