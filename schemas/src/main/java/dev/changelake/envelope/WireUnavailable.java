package dev.changelake.envelope;

import com.fasterxml.jackson.databind.JsonNode;
import dev.changelake.contract.ColumnType;

/**
 * What Debezium sends for an unchanged value that PostgreSQL keeps outside the row (TOAST).
 *
 * <p>The default of {@code unavailable.value.placeholder}, in the shapes that Debezium's {@code
 * UnchangedToastedReplicationMessageColumn} and {@code PostgresValueConverter} give it: text; for
 * bytes what {@code binary.handling.mode} makes of it, base64 and its URL-safe form being the same
 * here; for hstore a map of it to itself, or that as JSON text. The shapes of arrays are not here,
 * since no contract has an array.
 */
final class WireUnavailable {
  private static final String TEXT = "__debezium_unavailable_value";
  private static final String BASE64 = "X19kZWJleml1bV91bmF2YWlsYWJsZV92YWx1ZQ==";
  private static final String HEX = "5f5f646562657a69756d5f756e617661696c61626c655f76616c7565";
  private static final String HSTORE = "{\"" + TEXT + "\":\"" + TEXT + "\"}";

  private WireUnavailable() {}

  /** Whether the value stands for one that the source did not send. */
  static boolean is(ColumnType type, JsonNode node) {
    if (node.isTextual()) {
      String text = node.textValue();
      return switch (type.kind()) {
        case STRING -> text.equals(TEXT) || text.equals(HSTORE);
        case BINARY -> text.equals(BASE64) || text.equals(HEX) || text.equals(TEXT);
        default -> text.equals(TEXT);
      };
    }
    return type.kind() == ColumnType.Kind.STRING
        && node.isObject()
        && node.size() == 1
        && TEXT.equals(node.path(TEXT).textValue());
  }
}
