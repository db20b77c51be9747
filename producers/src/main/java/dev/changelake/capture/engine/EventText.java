package dev.changelake.capture.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.changelake.capture.topic.ConverterJson;
import dev.changelake.envelope.Operation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** What this command has to know of an event that it publishes as it is. */
final class EventText {
  private EventText() {}

  /** Whether the event is a row of a snapshot. */
  static boolean isSnapshotRead(byte[] value) {
    return value != null && Operation.READ.code().equals(payload(value).path("op").asText());
  }

  /** The place in the database's log, as text; a tombstone and the like have none. */
  static Optional<String> lsn(byte[] value) {
    JsonNode lsn =
        value == null ? MissingNode.getInstance() : payload(value).path("source").path("lsn");
    return lsn.isMissingNode() || lsn.isNull() ? Optional.empty() : Optional.of(lsn.asText());
  }

  /** The prefix of a logical message; empty text for another event. */
  static String messagePrefix(byte[] value) {
    return value == null ? "" : payload(value).path("message").path("prefix").asText();
  }

  private static JsonNode payload(byte[] value) {
    try {
      return ConverterJson.payload(value);
    } catch (IOException e) {
      throw new UncheckedIOException("Debezium's converter writes JSON", e);
    }
  }
}
