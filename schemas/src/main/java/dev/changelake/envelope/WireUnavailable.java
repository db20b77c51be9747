package dev.changelake.envelope;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.changelake.contract.ColumnType;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * What Debezium sends for an unchanged value that PostgreSQL keeps outside the row (TOAST).
 *
 * <p>The default of {@code unavailable.value.placeholder}, in the shapes that Debezium's {@code
 * UnchangedToastedReplicationMessageColumn} and {@code PostgresValueConverter} give it: text; for
 * bytes what {@code binary.handling.mode} makes of it, base64 and its URL-safe form being the same
 * here; for hstore a map of it to itself, or that as JSON text; for arrays one element, or the
 * number of each of its characters. For arrays of other types Debezium has none: it sends null, or
 * stops.
 */
final class WireUnavailable {
  private static final String TEXT = "__debezium_unavailable_value";
  private static final String BASE64 = "X19kZWJleml1bV91bmF2YWlsYWJsZV92YWx1ZQ==";
  private static final String HEX = "5f5f646562657a69756d5f756e617661696c61626c655f76616c7565";
  private static final String HSTORE = "{\"" + TEXT + "\":\"" + TEXT + "\"}";

  /** For uuid[]: {@code UUID.nameUUIDFromBytes} of the text. */
  private static final String UUID = "b68a35a7-17ad-35b3-af2a-ae46edb4545a";

  private static final JsonNode ANY = new TextNode(TEXT);
  private static final JsonNode MAP = JsonNodeFactory.instance.objectNode().put(TEXT, TEXT);
  private static final Set<JsonNode> OF_TEXT = Set.of(ANY, new TextNode(HSTORE), MAP);
  private static final Set<JsonNode> OF_BYTES =
      Set.of(ANY, new TextNode(BASE64), new TextNode(HEX));
  private static final Set<JsonNode> OF_TEXTS = Set.of(array().add(TEXT), array().add(UUID));
  private static final JsonNode OF_BYTE_ARRAYS = array().add(BASE64);
  private static final JsonNode OF_NUMBERS = numbers();

  private WireUnavailable() {}

  /** Whether the value stands for one that the source did not send. */
  static boolean is(ColumnType type, JsonNode node) {
    return switch (type.kind()) {
      case STRING, MAP -> OF_TEXT.contains(node);
      case BINARY -> OF_BYTES.contains(node);
      case ARRAY -> node.equals(ANY) || isArray(type.element().orElseThrow(), node);
      default -> node.equals(ANY);
    };
  }

  private static boolean isArray(ColumnType element, JsonNode node) {
    return switch (element.kind()) {
      case STRING -> OF_TEXTS.contains(node);
      case BINARY -> node.equals(OF_BYTE_ARRAYS);
      case INT, BIGINT, DATE -> node.equals(OF_NUMBERS);
      default -> false;
    };
  }

  private static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  private static ArrayNode numbers() {
    ArrayNode numbers = array();
    for (byte number : TEXT.getBytes(StandardCharsets.US_ASCII)) {
      numbers.add((int) number);
    }
    return numbers;
  }
}
