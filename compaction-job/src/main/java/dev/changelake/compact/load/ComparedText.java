package dev.changelake.compact.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.changelake.contract.ColumnType;
import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The text of a value, the same for values that are the same, from wherever they were read. */
final class ComparedText {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Pattern FRACTION_ZEROS = Pattern.compile("(\\.\\d*?)0+$");

  private ComparedText() {}

  /**
   * The text of a value that may be null. An array is a list, and a map is one of texts; what no
   * load writes is like none of what it does.
   */
  static String of(ColumnType type, Object value) {
    if (value == null) {
      return null;
    }
    if (value instanceof WarehouseCell.Foreign foreign) {
      return "of no load: " + foreign.text();
    }
    return switch (type.kind()) {
      case ARRAY -> {
        ColumnType element = type.element().orElseThrow();
        yield json(((List<?>) value).stream().map(each -> of(element, each)).toList());
      }
      case MAP -> json(new TreeMap<>((Map<?, ?>) value));
      case TIME -> time((String) value);
      // All sides are exact; how many zeros are written behind the point is the type's.
      case DECIMAL -> decimal((BigDecimal) value);
      // Within an array it can be hexadecimal already.
      case BINARY ->
          value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : (String) value;
      default -> ScalarText.of(value);
    };
  }

  private static String time(String text) {
    String digits = FRACTION_ZEROS.matcher(text).replaceFirst("$1");
    return digits.endsWith(".") ? digits.substring(0, digits.length() - 1) : digits;
  }

  private static String decimal(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Lists and maps of texts can be written", e);
    }
  }
}
