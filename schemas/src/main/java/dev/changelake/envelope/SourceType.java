package dev.changelake.envelope;

import com.fasterxml.jackson.databind.JsonNode;
import dev.changelake.contract.ColumnType;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The type of a contract that holds each value of an inline schema exactly. */
final class SourceType {
  private static final Pattern DIGITS = Pattern.compile("[1-9]\\d?");
  private static final int MAX_DIGITS = 38;

  /** Forms of decimals that do not tell how many digits there are. */
  private static final Set<String> DECIMAL_FORMS =
      Set.of("io.debezium.data.VariableScaleDecimal", "string", "double");

  private SourceType() {}

  /** The type; empty if there is none, or more than one that would do. */
  static Optional<ColumnType> of(WireSchema schema) {
    return switch (schema.typeName()) {
      case "boolean" -> type("boolean");
      case "int8", "int16", "int32" -> type("int");
      case "int64" -> type("bigint");
      case "float" -> type("float");
      case "double" -> type("double");
      case "bytes", "io.debezium.data.Bits" -> type("binary");
      case "org.apache.kafka.connect.data.Decimal" -> decimal(schema);
      case "io.debezium.time.Date",
          "org.apache.kafka.connect.data.Date",
          "io.debezium.time.IsoDate" ->
          type("date");
      case "io.debezium.time.Time",
          "io.debezium.time.MicroTime",
          "org.apache.kafka.connect.data.Time",
          "io.debezium.time.IsoTime" ->
          type("time");
      case "io.debezium.time.Timestamp",
          "io.debezium.time.MicroTimestamp",
          "org.apache.kafka.connect.data.Timestamp",
          "io.debezium.time.IsoTimestamp" ->
          type("timestamp_ntz");
      case "io.debezium.time.ZonedTimestamp" -> type("timestamp");
      case "string",
          "io.debezium.time.ZonedTime",
          "io.debezium.time.Interval",
          "io.debezium.data.Uuid",
          "io.debezium.data.Json",
          "io.debezium.data.Xml",
          "io.debezium.data.Enum",
          "io.debezium.data.Ltree" ->
          type("string");
      case "array" -> array(schema);
      case "map" -> map(schema);
      default -> Optional.empty();
    };
  }

  /** Whether a contract's type is one for values of the schema, be each of them in it or not. */
  static boolean isReadAs(ColumnType type, WireSchema schema) {
    return switch (type.kind()) {
      case DECIMAL ->
          DECIMAL_FORMS.contains(schema.typeName()) || of(schema).filter(type::equals).isPresent();
      case TIMESTAMP ->
          of(schema)
              .filter(found -> found.equals(type) || found.kind() == ColumnType.Kind.TIMESTAMP_NTZ)
              .isPresent();
      default -> of(schema).filter(type::equals).isPresent();
    };
  }

  private static Optional<ColumnType> type(String text) {
    return Optional.of(ColumnType.parse(text));
  }

  private static Optional<ColumnType> decimal(WireSchema schema) {
    JsonNode parameter = schema.node().path("parameters").path("connect.decimal.precision");
    if (!DIGITS.matcher(parameter.asText()).matches()) {
      return Optional.empty();
    }
    int precision = parameter.asInt();
    int scale = schema.scale();
    return precision > MAX_DIGITS || scale < 0 || scale > precision
        ? Optional.empty()
        : Optional.of(new ColumnType(ColumnType.Kind.DECIMAL, precision, scale));
  }

  private static Optional<ColumnType> array(WireSchema schema) {
    return of(schema.part("items"))
        .filter(element -> element.kind().isScalar())
        .map(element -> ColumnType.parse("array<%s>".formatted(element)));
  }

  private static Optional<ColumnType> map(WireSchema schema) {
    boolean texts =
        "string".equals(schema.part("keys").type())
            && "string".equals(schema.part("values").type());
    return texts ? type("map<string,string>") : Optional.empty();
  }
}
