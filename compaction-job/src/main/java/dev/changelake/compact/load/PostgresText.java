package dev.changelake.compact.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.HexFormat;
import java.util.stream.Collectors;
import scala.collection.Map;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** Cells as PostgreSQL reads them: arrays as its literals, maps as JSON, bytes as hexadecimal. */
final class PostgresText implements CellText {
  private static final long serialVersionUID = 1L;
  private static final JsonMapper JSON = new JsonMapper();

  private final String column;
  private final int mostCharacters;

  /**
   * The texts of a column.
   *
   * @param mostCharacters how many characters a text may have: PostgreSQL itself cuts those off
   *     that are blanks
   */
  PostgresText(String column, int mostCharacters) {
    this.column = column;
    this.mostCharacters = mostCharacters;
  }

  @Override
  public String of(Object value) {
    if (value instanceof String text && text.length() > mostCharacters) {
      requireFit(text.codePointCount(0, text.length()));
    }
    if (value instanceof Seq<?> elements) {
      return CollectionConverters.asJava(elements).stream()
          .map(PostgresText::element)
          .collect(Collectors.joining(",", "{", "}"));
    }
    return value instanceof Map<?, ?> map ? json(CollectionConverters.asJava(map)) : scalar(value);
  }

  private void requireFit(int characters) {
    if (characters > mostCharacters) {
      throw new RefusedCell(
          column,
          "A text of %d characters does not fit in varchar(%d)."
              .formatted(characters, mostCharacters));
    }
  }

  private static String scalar(Object value) {
    return value instanceof byte[] bytes
        ? "\\x" + HexFormat.of().formatHex(bytes)
        : ScalarText.of(value);
  }

  /** PostgreSQL reads a quoted number as it does a plain one. */
  private static String element(Object value) {
    return value == null
        ? "NULL"
        : '"' + scalar(value).replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static String json(java.util.Map<?, ?> map) {
    try {
      return JSON.writeValueAsString(map);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A map of texts can be written", e);
    }
  }
}
