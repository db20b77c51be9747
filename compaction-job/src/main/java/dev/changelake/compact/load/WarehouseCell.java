package dev.changelake.compact.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.changelake.contract.ColumnType;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** A cell of a result, of its contract's type. */
final class WarehouseCell {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Pattern DECIMAL = Pattern.compile("-?\\d+(\\.\\d+)?");
  private static final String INFINITY = "infinity";
  private static final String BEFORE_FIRST_YEAR = " BC";

  /** Where the element is in the rows that JDBC makes of an array. */
  private static final int ELEMENT = 2;

  private WarehouseCell() {}

  /** A value that no load writes. */
  record Foreign(String text) {}

  /** The value, or null; an array is a list, a map one of texts. */
  static Object of(ColumnType type, ResultSet found, int index) throws SQLException {
    return switch (type.kind()) {
      case BIGINT -> found.getObject(index, Long.class);
      case INT -> found.getObject(index, Integer.class);
      case BOOLEAN -> found.getObject(index, Boolean.class);
      case STRING, TIME -> found.getString(index);
      case DATE -> date(found.getString(index));
      case TIMESTAMP -> instant(found.getObject(index, OffsetDateTime.class));
      case TIMESTAMP_NTZ -> local(found.getObject(index, LocalDateTime.class));
      case DOUBLE -> found.getObject(index, Double.class);
      case FLOAT -> found.getObject(index) instanceof Number number ? number.floatValue() : null;
      case BINARY -> found.getBytes(index);
      case DECIMAL -> decimal(found.getString(index));
      case ARRAY ->
          found.getObject(index) instanceof Array array
              ? elements(type.element().orElseThrow(), array)
              : elements(type.element().orElseThrow(), found.getString(index));
      case MAP -> map(found.getString(index));
    };
  }

  private static List<Object> elements(ColumnType type, Array array) throws SQLException {
    try (ResultSet found = array.getResultSet()) {
      List<Object> elements = new ArrayList<>();
      while (found.next()) {
        elements.add(of(type, found, ELEMENT));
      }
      return elements;
    }
  }

  /** The elements of a SUPER, as {@link RedshiftText} writes them. */
  private static Object elements(ColumnType type, String json) {
    JsonNode array = json == null ? MissingNode.getInstance() : read(json);
    if (!array.isArray() || !all(array, element -> isWritten(type, element))) {
      return json == null ? null : new Foreign(json);
    }
    List<Object> elements = new ArrayList<>();
    for (JsonNode element : array) {
      String text = element.isNull() ? null : element.asText();
      elements.add(type.kind() == ColumnType.Kind.DECIMAL ? decimal(text) : text);
    }
    return elements;
  }

  private static boolean isWritten(ColumnType type, JsonNode element) {
    return element.isNull()
        || switch (type.kind()) {
          case BIGINT, INT -> element.isIntegralNumber();
          case BOOLEAN -> element.isBoolean();
          default -> element.isTextual();
        };
  }

  /** A map of texts. */
  private static Object map(String json) {
    JsonNode object = json == null ? MissingNode.getInstance() : read(json);
    if (!object.isObject() || !all(object, value -> value.isNull() || value.isTextual())) {
      return json == null ? null : new Foreign(json);
    }
    Map<String, String> map = new HashMap<>();
    object.properties().forEach(field -> map.put(field.getKey(), field.getValue().textValue()));
    return map;
  }

  private static boolean all(JsonNode node, Predicate<JsonNode> condition) {
    return StreamSupport.stream(node.spliterator(), false).allMatch(condition);
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A database holds well-formed JSON", e);
    }
  }

  /** NaN is no value of a contract's. */
  private static Object decimal(String text) {
    if (text == null) {
      return null;
    }
    return DECIMAL.matcher(text).matches() ? new BigDecimal(text) : new Foreign(text);
  }

  /** Redshift's driver takes the years before the first for those after it. */
  private static Object date(String text) {
    if (text == null) {
      return null;
    }
    if (text.endsWith(INFINITY)) {
      return new Foreign(text);
    }
    String[] parts = text.replace(BEFORE_FIRST_YEAR, "").split("-");
    int yearOfEra = Integer.parseInt(parts[0]);
    return LocalDate.of(
        text.endsWith(BEFORE_FIRST_YEAR) ? 1 - yearOfEra : yearOfEra,
        Integer.parseInt(parts[1]),
        Integer.parseInt(parts[2]));
  }

  private static Object instant(OffsetDateTime time) {
    if (OffsetDateTime.MAX.equals(time) || OffsetDateTime.MIN.equals(time)) {
      return new Foreign(INFINITY);
    }
    return time == null ? null : time.toInstant();
  }

  private static Object local(LocalDateTime time) {
    return LocalDateTime.MAX.equals(time) || LocalDateTime.MIN.equals(time)
        ? new Foreign(INFINITY)
        : time;
  }
}
