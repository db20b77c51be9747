package dev.changelake.oracle;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The bytes of a key or value as a JSON object, with its inline schema taken off. */
record Message(JsonNode payload, JsonNode schema) {

  private static final ObjectReader READER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build()
          .reader();

  static Message read(byte[] bytes, String what) {
    if (bytes == null) {
      throw new Unusable(what + " is missing");
    }
    JsonNode node;
    try {
      node =
          READER.readTree(
              StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (JacksonException e) {
      throw new Unusable(what + " is not JSON");
    } catch (CharacterCodingException e) {
      throw new Unusable(what + " is not UTF-8");
    }
    Message message =
        hasInlineSchema(node)
            ? new Message(node.get("payload"), node.get("schema"))
            : new Message(node, null);
    if (!message.payload().isObject()) {
      throw new Unusable(what + " is not a JSON object");
    }
    return message;
  }

  private static boolean hasInlineSchema(JsonNode node) {
    return node.isObject()
        && node.size() == 2
        && node.has("payload")
        && node.path("schema").path("type").isTextual();
  }

  /** The part below a field of the payload, with the schema that belongs to it. */
  Message below(String field) {
    return new Message(payload.get(field), schemaOf(field));
  }

  /** The inline schema of a field, or null. */
  JsonNode schemaOf(String field) {
    if (schema != null) {
      for (JsonNode candidate : schema.path("fields")) {
        if (candidate.path("field").asText().equals(field)) {
          return candidate;
        }
      }
    }
    return null;
  }
}
