package dev.changelake.capture.topic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/** What Kafka Connect's JSON converter has written, with or without its inline schema. */
public final class ConverterJson {
  private static final JsonMapper MAPPER = new JsonMapper();

  private ConverterJson() {}

  /** The payload; a message that has no schema is one itself. */
  public static JsonNode payload(byte[] message) throws IOException {
    JsonNode node = MAPPER.readTree(message);
    boolean inlineSchema = node.size() == 2 && node.path("schema").path("type").isTextual();
    return inlineSchema ? node.path("payload") : node;
  }
}
