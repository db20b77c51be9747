package dev.changelake.compact.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.changelake.compact.output.CsvLines;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.apache.spark.sql.Row;
import scala.collection.Map;
import scala.collection.Seq;

/** Cells as PostgreSQL reads them from text, where CSV has no form of its own. */
final class PostgresText {
  private static final JsonMapper JSON = new JsonMapper();

  private PostgresText() {}

  /** An array as PostgreSQL's array literal, a map as JSON, anything else as it is. */
  static Object of(Row row, int i, Connection connection) throws SQLException {
    Object cell = row.get(i);
    if (cell instanceof Seq<?>) {
      return array(row.getList(i), connection);
    }
    return cell instanceof Map<?, ?> ? json(row.getJavaMap(i)) : cell;
  }

  /** The driver quotes each element; PostgreSQL reads a quoted number as it does a plain one. */
  private static String array(List<?> elements, Connection connection) throws SQLException {
    Object[] texts =
        elements.stream()
            .map(element -> element == null ? null : CsvLines.text(element))
            .toArray(String[]::new);
    return connection.createArrayOf("text", texts).toString();
  }

  private static String json(java.util.Map<?, ?> map) {
    try {
      return JSON.writeValueAsString(map);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A map of texts can be written", e);
    }
  }
}
