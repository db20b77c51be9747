package dev.changelake.envelope;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.changelake.contract.ColumnType;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which contract types a PostgreSQL type has, and when a cell says the same as PostgreSQL's text.
 * Both sides are brought to one form; text that has several spellings, to what it means.
 */
final class CorpusCells {
  private static final JsonMapper MAPPER = new JsonMapper();
  static final Set<String> SPECIAL =
      Set.of("NaN", "Infinity", "-Infinity", "infinity", "-infinity");

  /** One line a type of PostgreSQL's: the contract types that docs/debezium.md names for it. */
  private static final Map<String, List<String>> CONTRACT_TYPES = new LinkedHashMap<>();

  static {
    put("smallint", "int", "bigint");
    put("integer", "int", "bigint");
    put("bigint", "bigint");
    put("boolean", "boolean");
    put("real", "float", "double");
    put("double precision", "double");
    put("numeric", "decimal(38,10)");
    put("numeric(9,2)", "decimal(9,2)");
    put("numeric(15,3)", "decimal(15,3)");
    put("numeric(18,4)", "decimal(18,4)");
    put("numeric(12,0)", "decimal(12,0)");
    put("numeric(38,0)", "decimal(38,0)");
    put("numeric(38,38)", "decimal(38,38)");
    put("numeric(5,-2)", "decimal(7,0)");
    put("numeric(3,5)", "decimal(5,5)");
    put("money", "decimal(19,2)");
    for (String text :
        List.of(
            "text",
            "character varying",
            "character varying(40)",
            "character(8)",
            "name",
            "uuid",
            "json",
            "jsonb",
            "xml",
            "inet",
            "cidr",
            "macaddr",
            "mood",
            "citext",
            "ltree",
            "tsvector",
            "point",
            "int4range",
            "int8range",
            "numrange",
            "daterange",
            "tsrange",
            "tstzrange",
            "int4multirange")) {
      put(text, "string");
    }
    put("hstore", "string", "map<string,string>");
    put("bytea", "binary", "string");
    put("bit(1)", "boolean");
    put("bit(12)", "binary");
    put("bit varying", "binary");
    put("bit varying(20)", "binary");
    put("date", "date");
    put("time(0) without time zone", "time");
    put("time(2) without time zone", "time");
    put("time(3) without time zone", "time");
    put("time without time zone", "time");
    put("time with time zone", "string");
    put("timestamp(0) without time zone", "timestamp_ntz", "timestamp");
    put("timestamp(3) without time zone", "timestamp_ntz", "timestamp");
    put("timestamp(4) without time zone", "timestamp_ntz", "timestamp");
    put("timestamp without time zone", "timestamp_ntz", "timestamp");
    put("timestamp(0) with time zone", "timestamp", "string");
    put("timestamp with time zone", "timestamp", "string");
    put("interval", "string");
    put("smallint[]", "array<int>");
    put("integer[]", "array<int>");
    put("bigint[]", "array<bigint>");
    put("boolean[]", "array<boolean>");
    put("real[]", "array<float>");
    put("double precision[]", "array<double>");
    put("numeric[]", "array<decimal(38,10)>");
    put("numeric(9,2)[]", "array<decimal(9,2)>");
    for (String text :
        List.of(
            "text",
            "character varying",
            "character varying(40)",
            "character(4)",
            "uuid",
            "json",
            "jsonb",
            "inet",
            "mood",
            "time with time zone",
            "interval",
            "int4range")) {
      put(text + "[]", "array<string>");
    }
    put("bytea[]", "array<binary>", "array<string>");
    put("date[]", "array<date>");
    put("time without time zone[]", "array<time>");
    put("timestamp without time zone[]", "array<timestamp_ntz>");
    put("timestamp(3) without time zone[]", "array<timestamp_ntz>");
    put("timestamp with time zone[]", "array<timestamp>");
  }

  private CorpusCells() {}

  private static void put(String postgresType, String... contractTypes) {
    CONTRACT_TYPES.put(postgresType, List.of(contractTypes));
  }

  /** The contract types for a column of that type; none for one that no contract can have. */
  static List<String> contractTypes(String postgresType, Map<String, String> mode) {
    List<String> types = CONTRACT_TYPES.getOrDefault(postgresType, List.of());
    // Bytes that are sent as bytes are not for a column of text.
    return postgresType.startsWith("bytea") && !mode.containsKey("binary.handling.mode")
        ? types.subList(0, 1)
        : types;
  }

  /** What PostgreSQL's text means for a column of the contract's type. */
  static Object meant(String postgresType, ColumnType type, String text) {
    if (text == null || SPECIAL.contains(text) && !isFloat(type)) {
      return text;
    }
    return switch (type.kind()) {
      case BIGINT -> Long.valueOf(text);
      case INT -> Integer.valueOf(text);
      case BOOLEAN -> text.equals("t") || text.equals("1");
      case DECIMAL ->
          (postgresType.equals("money") ? PostgresText.money(text) : new BigDecimal(text))
              .stripTrailingZeros();
      case DOUBLE ->
          postgresType.equals("real") ? (double) Float.parseFloat(text) : Double.parseDouble(text);
      case FLOAT -> Float.parseFloat(text);
      case DATE -> PostgresText.date(text);
      case TIME -> PostgresText.time(text);
      case TIMESTAMP ->
          postgresType.endsWith("with time zone")
              ? PostgresText.timestamptz(text)
              : PostgresText.timestamp(text).toInstant(ZoneOffset.UTC);
      case TIMESTAMP_NTZ -> PostgresText.timestamp(text);
      case BINARY -> meantBytes(postgresType, text);
      case STRING -> meantByText(postgresType, text);
      case MAP -> PostgresText.hstore(text);
      // Bounds are not told by a contract's type.
      case ARRAY -> text.startsWith("[") ? text : meantElements(postgresType, type, text);
    };
  }

  /** The elements of an array; those of several dimensions are lists. */
  static List<Object> meantElements(String postgresType, ColumnType type, String text) {
    ColumnType element = type.element().orElseThrow();
    List<Object> all = new ArrayList<>();
    for (Object part : PostgresText.array(text)) {
      all.add(part instanceof List ? part : meant(element(postgresType), element, (String) part));
    }
    return all;
  }

  private static String element(String postgresType) {
    return postgresType.substring(0, postgresType.length() - "[]".length());
  }

  private static String meantBytes(String postgresType, String text) {
    if (postgresType.equals("bytea")) {
      return hex(PostgresText.bytea(text));
    }
    // How many zeros there are in front is told by the type, or not at all.
    boolean fixed = !postgresType.startsWith("bit varying");
    return fixed || !text.startsWith("0") ? hex(PostgresText.bits(text)) : text;
  }

  private static Object meantByText(String postgresType, String text) {
    return switch (postgresType) {
      case "bytea" -> hex(PostgresText.bytea(text));
      case "hstore" -> PostgresText.hstore(text);
      case "time with time zone" -> text.startsWith("24:") ? text : PostgresText.timetz(text);
      case "timestamp with time zone", "timestamp(0) with time zone" ->
          PostgresText.timestamptz(text);
      case "interval" -> PostgresText.interval(text);
      default -> text;
    };
  }

  /** What the decoder's cell says, in the same form. */
  static Object said(String postgresType, Map<String, String> mode, Object cell) {
    if (cell instanceof BigDecimal number) {
      return number.stripTrailingZeros();
    }
    if (cell instanceof byte[] bytes) {
      return hex(bytes);
    }
    if (cell instanceof List<?> elements) {
      List<Object> all = new ArrayList<>();
      elements.forEach(element -> all.add(said(element(postgresType), mode, element)));
      return all;
    }
    if (!(cell instanceof String text) || SPECIAL.contains(text)) {
      return cell;
    }
    try {
      return switch (postgresType) {
        case "bytea" -> hex(bytes(mode.getOrDefault("binary.handling.mode", "bytes"), text));
        case "hstore" -> MAPPER.readValue(text, new TypeReference<Map<String, String>>() {});
        case "time with time zone" -> OffsetTime.parse(text);
        case "timestamp with time zone", "timestamp(0) with time zone" -> Instant.parse(text);
        case "interval" -> PostgresText.interval(text);
        default -> text;
      };
    } catch (IllegalArgumentException | DateTimeException | IOException e) {
      return "unreadable " + text;
    }
  }

  private static byte[] bytes(String mode, String text) {
    return switch (mode) {
      case "bytes", "base64" -> Base64.getDecoder().decode(text);
      case "base64-url-safe" -> Base64.getUrlDecoder().decode(text);
      case "hex" -> HexFormat.of().parseHex(text);
      default -> throw new IllegalArgumentException("Unknown mode " + mode);
    };
  }

  private static boolean isFloat(ColumnType type) {
    return Arrays.asList(ColumnType.Kind.DOUBLE, ColumnType.Kind.FLOAT).contains(type.kind());
  }

  static String hex(byte[] bytes) {
    return "bytes " + HexFormat.of().formatHex(bytes);
  }
}
