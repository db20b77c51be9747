package dev.changelake.envelope;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.regex.Pattern;

/** A node of Kafka Connect's inline schema, or the absence of one. */
public record WireSchema(JsonNode node) {
  static final WireSchema NONE = new WireSchema(MissingNode.getInstance());
  private static final Pattern SCALE = Pattern.compile("\\d{1,3}");

  boolean isKnown() {
    return node.isObject();
  }

  /** The primitive type, such as {@code int64}. */
  String type() {
    return node.path("type").asText();
  }

  /** The semantic name where there is one, else the primitive type. */
  String typeName() {
    return node.path("name").isTextual() ? node.path("name").textValue() : type();
  }

  /** The scale of a decimal; -1 if the schema names none. */
  int scale() {
    String text = node.path("parameters").path("scale").asText();
    return SCALE.matcher(text).matches() ? Integer.parseInt(text) : -1;
  }

  /** The schema of a struct's field. */
  WireSchema field(String name) {
    return field(name, 0);
  }

  /** The schema of a struct's field, which is usually the one at that position. */
  WireSchema field(String name, int position) {
    if (!isKnown()) {
      return NONE;
    }
    JsonNode fields = node.path("fields");
    JsonNode likely = fields.path(position);
    if (names(likely, name)) {
      return new WireSchema(likely);
    }
    for (JsonNode field : fields) {
      if (names(field, name)) {
        return new WireSchema(field);
      }
    }
    return NONE;
  }

  /** The schema of an array's {@code items}, of a map's {@code keys} or {@code values}. */
  WireSchema part(String name) {
    return new WireSchema(node.path(name));
  }

  private static boolean names(JsonNode field, String name) {
    return name.equals(field.path("field").textValue());
  }
}
