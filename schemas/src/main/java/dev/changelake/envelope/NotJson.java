package dev.changelake.envelope;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says why bytes are not one JSON value, and where; never what they hold. */
final class NotJson {
  /** Jackson's own words; what does not look like a name might be a value. */
  private static final Pattern DUPLICATE =
      Pattern.compile("Duplicate field '([A-Za-z_][A-Za-z0-9_]{0,62})'");

  private static final int REGISTRY_HEADER = 5;

  private NotJson() {}

  /**
   * The reason.
   *
   * @param failure what the parser had to say
   */
  static String describe(byte[] bytes, Exception failure) {
    if (bytes.length == 0) {
      return "it is empty";
    }
    if (bytes[0] == 0 && bytes.length >= REGISTRY_HEADER && bytes[1] != '{') {
      return "it begins with a schema registry's magic byte and the schema id %d, so it is Avro,"
              .formatted(ByteBuffer.wrap(bytes, 1, Integer.BYTES).getInt())
          + " Protobuf or JSON of a registry's converter";
    }
    if (startsWith(bytes, 0xEF, 0xBB, 0xBF)) {
      return "it begins with a byte-order mark of UTF-8";
    }
    if (startsWith(bytes, 0xFE, 0xFF)
        || startsWith(bytes, 0xFF, 0xFE)
        || bytes.length > 1 && (bytes[0] == 0) != (bytes[1] == 0)) {
      return "it is UTF-16 or UTF-32, and JSON here is UTF-8";
    }
    if (failure instanceof CharacterCodingException) {
      return "it is not UTF-8 at byte " + firstBadByte(bytes);
    }
    if (failure instanceof JsonProcessingException json) {
      return describe(json);
    }
    return "it has a number that cannot be read";
  }

  private static String describe(JsonProcessingException failure) {
    String message = String.valueOf(failure.getOriginalMessage());
    String place = failure.getLocation() == null ? "" : " at character " + at(failure);
    if (failure instanceof StreamConstraintsException) {
      return limit(message);
    }
    Matcher duplicate = DUPLICATE.matcher(message);
    if (duplicate.find()) {
      return "it has the field %s twice".formatted(duplicate.group(1)) + place;
    }
    if (message.startsWith("Duplicate field")) {
      return "it has a field twice" + place;
    }
    if (failure instanceof JsonEOFException) {
      return "it ends within a value" + place;
    }
    if (failure instanceof MismatchedInputException && message.startsWith("Trailing token")) {
      return "more follows it" + place;
    }
    if (failure instanceof MismatchedInputException && message.startsWith("No content")) {
      return "it is blank";
    }
    return "it breaks JSON's syntax" + place;
  }

  private static String limit(String message) {
    if (message.contains("getMaxNestingDepth")) {
      return "it is nested more deeply than 1000 levels";
    }
    if (message.contains("getMaxNameLength")) {
      return "it has a name of more than 50000 characters";
    }
    return message.contains("getMaxNumberLength")
        ? "it has a number of more than 1000 digits"
        : "it passes a limit of the parser";
  }

  private static long at(JsonProcessingException failure) {
    return failure.getLocation().getCharOffset();
  }

  private static boolean startsWith(byte[] bytes, int... first) {
    if (bytes.length < first.length) {
      return false;
    }
    for (int i = 0; i < first.length; i++) {
      if ((bytes[i] & 0xFF) != first[i]) {
        return false;
      }
    }
    return true;
  }

  private static int firstBadByte(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    StandardCharsets.UTF_8.newDecoder().decode(in, CharBuffer.allocate(bytes.length), true);
    return in.position();
  }
}
