package dev.changelake.envelope;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Arrays;

/**
 * Parses the messages of one topic, and the inline schema that nearly all of them begin with only
 * once: Kafka Connect's JSON converter writes it first, and a topic's messages have the same bytes
 * there until the table changes.
 */
final class RepeatedSchema {
  private static final JsonFactory JSON = new JsonFactory();
  private static final byte END = '}';

  private volatile Seen seen;

  /**
   * A message's beginning, up to its payload, and the schema in it.
   *
   * @param beginning {@code {"schema":{…},"payload":}
   */
  private record Seen(byte[] beginning, WireSchema schema) {
    boolean isIn(byte[] bytes) {
      return bytes.length > beginning.length
          && bytes[bytes.length - 1] == END
          && Arrays.equals(bytes, 0, beginning.length, beginning, 0, beginning.length);
    }
  }

  /**
   * Parses the bytes, with the same result as {@link WireMessage#parse}.
   *
   * @throws IOException if they are not one JSON value in UTF-8
   */
  WireMessage parse(byte[] bytes) throws IOException {
    Seen last = seen;
    if (last != null && last.isIn(bytes)) {
      JsonNode payload = payload(bytes, last.beginning().length);
      if (payload != null) {
        return new WireMessage(payload, last.schema());
      }
    }
    WireMessage message = WireMessage.parse(bytes);
    if (message.schema().isKnown()) {
      int payload = startOfPayload(bytes);
      seen = payload < 0 ? null : new Seen(Arrays.copyOf(bytes, payload), message.schema());
    }
    return message;
  }

  /** What stands between the beginning and the last brace; null if it is not just a payload. */
  private static JsonNode payload(byte[] bytes, int start) {
    try {
      JsonNode payload = WireMessage.tree(Arrays.copyOfRange(bytes, start, bytes.length - 1));
      return payload.isObject() || payload.isNull() ? payload : null;
    } catch (IOException | NumberFormatException e) {
      // What is wrong with it, the whole message tells.
      return null;
    }
  }

  /** Where the payload starts; -1 if the schema is not all that comes before it. */
  private static int startOfPayload(byte[] bytes) throws IOException {
    try (JsonParser parser = JSON.createParser(bytes)) {
      parser.nextToken();
      if (!"schema".equals(parser.nextFieldName())) {
        return -1;
      }
      parser.nextToken();
      parser.skipChildren();
      parser.nextToken();
      parser.nextToken();
      return Math.toIntExact(parser.currentTokenLocation().getByteOffset());
    }
  }
}
