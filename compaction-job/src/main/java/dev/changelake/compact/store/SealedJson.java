package dev.changelake.compact.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** JSON documents that carry their own SHA-256, so that a damaged one is noticed. */
public final class SealedJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .addModule(new Jdk8Module())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_ABSENT, JsonInclude.Include.NON_ABSENT))
          .build();

  /** The newest form of any document that this Changelake knows. */
  private static final int NEWEST_VERSION = 1;

  private SealedJson() {}

  /** The mapper that writes Changelake's documents: ISO 8601 times, sorted keys. */
  public static JsonMapper mapper() {
    return MAPPER;
  }

  /** Writes the document with its seal. */
  public static byte[] write(Object document) {
    try {
      JsonNode content = MAPPER.valueToTree(document);
      ObjectNode sealed = MAPPER.createObjectNode();
      sealed.put("sha256", seal(content));
      sealed.set("content", content);
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(sealed);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A document of records can be written", e);
    }
  }

  /**
   * Reads a document and checks its seal.
   *
   * @throws ChangelakeException of category table if the file is damaged
   */
  public static <T> T read(String path, byte[] bytes, Class<T> type) {
    try {
      JsonNode sealed = MAPPER.readTree(bytes);
      JsonNode content = sealed.path("content");
      if (!seal(content).equals(sealed.path("sha256").asText())) {
        throw damaged(path, "its content does not have the SHA-256 that stands in it", null);
      }
      return MAPPER.treeToValue(content, type);
    } catch (IOException | IllegalArgumentException e) {
      if (version(bytes) > NEWEST_VERSION) {
        throw newer(path, e);
      }
      throw damaged(path, "it is not a document that Changelake wrote", e);
    }
  }

  /** The version of the document's form; 0 if it tells none. */
  private static int version(byte[] bytes) {
    try {
      return MAPPER.readTree(bytes).path("content").path("schemaVersion").asInt();
    } catch (IOException e) {
      return 0;
    }
  }

  private static ChangelakeException newer(String path, Exception cause) {
    return new ChangelakeException(
            ErrorCategory.TABLE,
            "The file %s was written by a newer Changelake.".formatted(path),
            "This one does not know its form.",
            "Use the Changelake that wrote to this lake last, or a newer one.")
        .notRetryable()
        .causedBy(cause);
  }

  private static ChangelakeException damaged(String path, String why, Exception cause) {
    return new ChangelakeException(
            ErrorCategory.TABLE,
            "The file %s is damaged.".formatted(path),
            "It is written once and never changed, but " + why + ".",
            "Restore the file from the bucket's versions or a backup, then run the command again.")
        .notRetryable()
        .causedBy(cause);
  }

  private static String seal(JsonNode content) throws JsonProcessingException {
    try {
      byte[] canonical = MAPPER.writeValueAsBytes(MAPPER.treeToValue(content, Object.class));
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(canonical));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JVM has SHA-256", e);
    }
  }
}
