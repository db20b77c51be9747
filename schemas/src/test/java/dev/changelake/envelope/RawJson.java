package dev.changelake.envelope;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON that is cut into pieces and put together again, without a number or a text being touched.
 */
final class RawJson {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNumberLength(Integer.MAX_VALUE).build())
          .build();

  private RawJson() {}

  /** The members of an object, each as it is written. */
  static Map<String, String> members(String json) {
    Map<String, String> members = new LinkedHashMap<>();
    try (JsonParser parser = FACTORY.createParser(json)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        members.put(name, piece(parser, json));
      }
      return members;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The elements of an array, each as it is written. */
  static List<String> elements(String json) {
    List<String> elements = new ArrayList<>();
    try (JsonParser parser = FACTORY.createParser(json)) {
      parser.nextToken();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        elements.add(piece(parser, json));
      }
      return elements;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String piece(JsonParser parser, String json) throws IOException {
    int start = (int) parser.currentTokenLocation().getCharOffset();
    parser.skipChildren();
    parser.finishToken();
    return json.substring(start, (int) parser.currentLocation().getCharOffset());
  }

  static String object(Map<String, String> members) {
    StringBuilder json = new StringBuilder("{");
    members.forEach(
        (name, value) ->
            json.append(json.length() == 1 ? "\"" : ",\"")
                .append(name)
                .append("\":")
                .append(value));
    return json.append('}').toString();
  }

  /** What a text or a number says. */
  static String text(String json) {
    try (JsonParser parser = FACTORY.createParser(json)) {
      parser.nextToken();
      return parser.getText();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
