package dev.changelake.envelope;

import com.fasterxml.jackson.databind.JsonNode;
import dev.changelake.contract.Column;
import java.util.Base64;

/**
 * Bytes, as base64.
 *
 * <p>Debezium's {@code binary.handling.mode=bytes}, the default, has them as Connect's {@code
 * bytes}, which {@code JsonConverter} writes as base64; {@code io.debezium.data.Bits}, for {@code
 * bit(n)}, are such bytes too, the lowest first, and stay as they are sent. The other modes send
 * plain strings of which nothing tells whether they are base64, its URL-safe form or hexadecimal:
 * these are refused.
 */
final class WireBinary {
  private static final String BITS = "io.debezium.data.Bits";

  private WireBinary() {}

  static byte[] bytes(Column column, JsonNode node, WireSchema schema) throws Quarantine {
    if (schema.isKnown()) {
      String form = schema.typeName();
      if (form.equals("string")) {
        throw WireRefusal.mismatch(
            column, node, schema, ": text has no encoding, set binary.handling.mode=bytes");
      }
      if (!form.equals("bytes") && !form.equals(BITS)) {
        throw WireRefusal.mismatch(column, node, schema);
      }
    }
    byte[] bytes = node.isTextual() ? base64(node.textValue()) : null;
    if (bytes == null) {
      throw WireRefusal.mismatch(column, node, schema);
    }
    return bytes;
  }

  /** The bytes that padded base64 stands for; null if the text is not that. */
  static byte[] base64(String text) {
    // The decoder itself would take text without its padding.
    if (text.length() % 4 != 0) {
      return null;
    }
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
