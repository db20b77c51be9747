package dev.changelake.compact.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import scala.collection.Map;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Cells as Redshift's COPY reads them: bytes as hexadecimal, arrays and maps as JSON, in which all
 * that a JSON number or word does not hold exactly is a text.
 */
final class RedshiftText implements CellText {
  private static final long serialVersionUID = 1L;
  private static final JsonMapper JSON = new JsonMapper();

  private final String column;
  private final int mostBytes;

  /**
   * The texts of a column.
   *
   * @param mostBytes how many bytes a text may have
   */
  RedshiftText(String column, int mostBytes) {
    this.column = column;
    this.mostBytes = mostBytes;
  }

  @Override
  public String of(Object value) {
    if (value instanceof Seq<?> elements) {
      return json(
          CollectionConverters.asJava(elements).stream().map(RedshiftText::element).toList());
    }
    if (value instanceof Map<?, ?> map) {
      return json(CollectionConverters.asJava(map));
    }
    String text = scalar(value);
    if (value instanceof byte[] bytes && bytes.length == 0) {
      throw new RefusedCell(
          column, "Redshift's COPY takes a field of no bytes for null, which it is not.");
    }
    if (value instanceof String) {
      int bytes = text.getBytes(StandardCharsets.UTF_8).length;
      if (bytes > mostBytes) {
        throw new RefusedCell(
            column,
            "A text of %d bytes in UTF-8 does not fit in varchar(%d): Redshift counts bytes."
                .formatted(bytes, mostBytes));
      }
    }
    return text;
  }

  private static String scalar(Object value) {
    return value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : ScalarText.of(value);
  }

  private static Object element(Object value) {
    boolean exact =
        value == null
            || value instanceof Long
            || value instanceof Integer
            || value instanceof Boolean;
    return exact ? value : scalar(value);
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Arrays and maps of scalars can be written", e);
    }
  }
}
