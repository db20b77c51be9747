package dev.changelake.envelope;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.changelake.contract.Column;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Texts by texts, in both forms of Debezium's {@code hstore.handling.mode}: {@code map}, a map of
 * Connect's, which is a JSON object, and {@code json}, the text of such an object.
 */
final class WireMaps {
  private static final String JSON = "io.debezium.data.Json";

  private WireMaps() {}

  static Map<String, String> texts(Column column, JsonNode node, WireSchema schema)
      throws Quarantine {
    JsonNode object = isJson(node, schema) ? tree(node.textValue()) : node;
    boolean isMap = node.isTextual() ? isJson(node, schema) : isMapOfTexts(schema);
    if (!isMap || !object.isObject()) {
      throw WireRefusal.mismatch(column, node, schema);
    }
    Map<String, String> texts = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      if (WireScalars.hasLoneSurrogate(entry.getKey())) {
        throw WireRefusal.mismatch(column, node, schema);
      }
      texts.put(
          entry.getKey(),
          entry.getValue().isNull()
              ? null
              : WireScalars.text(column, entry.getValue(), WireSchema.NONE));
    }
    return Collections.unmodifiableMap(texts);
  }

  private static boolean isJson(JsonNode node, WireSchema schema) {
    return node.isTextual() && (!schema.isKnown() || schema.typeName().equals(JSON));
  }

  private static boolean isMapOfTexts(WireSchema schema) {
    return !schema.isKnown()
        || schema.typeName().equals("map")
            && schema.part("keys").type().equals("string")
            && schema.part("values").type().equals("string");
  }

  private static JsonNode tree(String text) {
    try {
      return WireMessage.tree(text);
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }
}
