package dev.changelake.capture.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.changelake.envelope.Operation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What this command has to know of an event that it publishes as it is. */
final class EventText {
  private static final JsonMapper MAPPER = new JsonMapper();

  private EventText() {}

  /** Whether the event is a row of a snapshot. */
  static boolean isSnapshotRead(byte[] value) {
    return value != null && Operation.READ.code().equals(payload(value).path("op").asText());
  }

  /** The content of a logical message with a prefix. */
  static Optional<String> messageContent(byte[] value, String prefix) {
    JsonNode message = value == null ? MAPPER.nullNode() : payload(value).path("message");
    if (!message.path("prefix").asText().equals(prefix)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new String(message.path("content").binaryValue(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("A message of this command's own is not base64", e);
    }
  }

  private static JsonNode payload(byte[] value) {
    try {
      JsonNode node = MAPPER.readTree(value);
      return node.has("payload") && node.has("schema") ? node.get("payload") : node;
    } catch (IOException e) {
      throw new UncheckedIOException("Debezium's converter writes JSON", e);
    }
  }
}
