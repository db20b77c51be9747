package dev.changelake.envelope;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A key or value of Kafka Connect's JSON converter, with or without its inline schema. */
public record WireMessage(JsonNode payload, WireSchema schema) {
  private static final ObjectReader READER =
      // Kafka's own limits hold here: what the broker took is read, however long a text in it is.
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build()
          .readerFor(JsonNode.class);

  /** Stands in a decoded text for bytes that are no UTF-8, and seldom for itself. */
  private static final char REPLACEMENT = '\uFFFD';

  /**
   * Parses the bytes. Each message tells by itself whether it carries a schema: an object of
   * exactly {@code schema} and {@code payload}, the former being a schema, or null as some
   * converters write for none, and the latter a struct. A row with just these columns is none: one
   * of them is its key, which is no object.
   *
   * @throws IOException if they are not one JSON value in UTF-8
   */
  public static WireMessage parse(byte[] bytes) throws IOException {
    JsonNode root = tree(bytes);
    boolean wrapped =
        root.isObject()
            && root.size() == 2
            && (root.path("payload").isObject() || root.path("payload").isNull());
    if (wrapped && root.path("schema").path("type").isTextual()) {
      return new WireMessage(root.get("payload"), new WireSchema(root.get("schema")));
    }
    return wrapped && root.path("schema").isNull()
        ? new WireMessage(root.get("payload"), WireSchema.NONE)
        : new WireMessage(root, WireSchema.NONE);
  }

  /**
   * Parses JSON in UTF-8.
   *
   * @throws IOException if the bytes are not one JSON value
   */
  static JsonNode tree(byte[] bytes) throws IOException {
    return tree(text(bytes));
  }

  /**
   * Parses JSON.
   *
   * @throws IOException if the text is not one JSON value
   */
  static JsonNode tree(String text) throws IOException {
    return hasNegativeZero(text)
        ? READER.readValue(new SignedZeros(READER.createParser(text)))
        : READER.readValue(text);
  }

  /** Whether there may be a number like -0.0 somewhere. */
  private static boolean hasNegativeZero(String text) {
    for (int at = text.indexOf("-0"); at >= 0; at = text.indexOf("-0", at + 2)) {
      char next = at + 2 < text.length() ? text.charAt(at + 2) : ' ';
      if (next == '.' || next == 'e' || next == 'E') {
        return true;
      }
    }
    return false;
  }

  /** Strict UTF-8: Jackson itself would take UTF-16, overlong forms and encoded surrogates. */
  private static String text(byte[] bytes) throws IOException {
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (text.indexOf(REPLACEMENT) >= 0) {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
    }
    return text;
  }
}
