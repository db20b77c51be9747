package dev.changelake.envelope;

import com.fasterxml.jackson.databind.JsonNode;
import dev.changelake.contract.Column;
import dev.changelake.contract.ColumnType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Decodes single values of a column {@code it}. */
final class WireValues {
  private WireValues() {}

  /** A column that messages may lack if it is nullable. */
  static Column column(String name, String type, boolean nullable) {
    return new Column(
        name,
        ColumnType.parse(type),
        nullable,
        nullable,
        Optional.empty(),
        List.of(),
        false,
        Optional.empty(),
        true,
        Optional.empty(),
        Optional.empty(),
        "");
  }

  /** Decodes; the schema is null for none. */
  static Object decode(String type, String json, String schema) throws Quarantine, IOException {
    WireSchema wireSchema =
        schema == null ? WireSchema.NONE : new WireSchema(parse(schema).payload());
    return decode(type, parse(json).payload(), wireSchema);
  }

  /** Decodes what Kafka Connect's converter makes of a primitive schema and its semantic name. */
  static Object decode(String type, String json, String primitive, String name)
      throws Quarantine, IOException {
    return decode(
        type,
        json,
        name.isEmpty()
            ? "{\"type\":\"%s\"}".formatted(primitive)
            : "{\"type\":\"%s\",\"name\":\"%s\"}".formatted(primitive, name));
  }

  static Object decode(String type, JsonNode node, WireSchema schema) throws Quarantine {
    return WireValue.decode(column("it", type, false), node, schema);
  }

  /** The decoded value as text, or the code of the reason why there is none. */
  static String outcome(String type, JsonNode node, WireSchema schema) {
    try {
      return text(decode(type, node, schema));
    } catch (Quarantine e) {
      return e.text().split(":", 2)[0];
    }
  }

  static String outcome(String type, String json, String schema) throws IOException {
    try {
      return text(decode(type, json, schema));
    } catch (Quarantine e) {
      return e.text().split(":", 2)[0];
    }
  }

  static String text(Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(WireValues::text).collect(Collectors.joining(", ", "[", "]"));
    }
    return value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : String.valueOf(value);
  }

  static WireMessage parse(String json) throws IOException {
    return WireMessage.parse(json.getBytes(StandardCharsets.UTF_8));
  }
}
