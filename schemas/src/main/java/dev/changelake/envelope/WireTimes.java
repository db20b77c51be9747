package dev.changelake.envelope;

import com.fasterxml.jackson.databind.JsonNode;
import dev.changelake.contract.Column;

/**
 * Times of day in each form of Debezium's {@code time.precision.mode}: counts since midnight
 * ({@code Time}, {@code MicroTime}, {@code NanoTime}, Connect's {@code Time}), text ({@code
 * IsoTime}), parts ({@code StructuredTime}). {@code ZonedTime}, for {@code timetz}, is none of
 * them: it fits a string column.
 */
final class WireTimes {
  private WireTimes() {}

  static String time(Column column, JsonNode node, WireSchema schema) throws Quarantine {
    long micros =
        switch (schema.isKnown() ? WireStructs.form(schema) : defaultForm(node)) {
          case "io.debezium.time.Time", "org.apache.kafka.connect.data.Time" ->
              sinceMidnight(node, 1_000, 1);
          case "io.debezium.time.MicroTime" -> sinceMidnight(node, 1, 1);
          case "io.debezium.time.NanoTime" -> sinceMidnight(node, 1, 1_000);
          case "io.debezium.time.IsoTime" ->
              node.isTextual()
                  ? TimeOfDay.micros(WireTexts.withoutZ(node.textValue()))
                  : TimeOfDay.NONE;
          case "io.debezium.time.StructuredTime" -> structured(node);
          default -> TimeOfDay.NONE;
        };
    if (!TimeOfDay.is(micros)) {
      throw WireRefusal.mismatch(
          column, node, schema, schema.isKnown() ? "" : WireTexts.withoutUnit(node));
    }
    return TimeOfDay.text(micros);
  }

  private static String defaultForm(JsonNode node) {
    return switch (node.getNodeType()) {
      case STRING -> "io.debezium.time.IsoTime";
      case OBJECT -> "io.debezium.time.StructuredTime";
      default -> "";
    };
  }

  /** Microseconds of a count of units, so many of which, or of whose parts, are a microsecond. */
  private static long sinceMidnight(JsonNode node, int microsOfUnit, int unitsOfMicro) {
    if (!node.isIntegralNumber() || !node.canConvertToLong()) {
      return TimeOfDay.NONE;
    }
    long count = node.longValue();
    boolean fits = TimeOfDay.is(count / unitsOfMicro) && count % unitsOfMicro == 0;
    return fits ? count / unitsOfMicro * microsOfUnit : TimeOfDay.NONE;
  }

  private static long structured(JsonNode node) {
    boolean isTime =
        !WireStructs.isOfUnknownParts(node)
            && !WireStructs.isSpecial(node)
            && !WireStructs.hasDate(node)
            && !WireStructs.hasZone(node);
    return isTime ? WireStructs.timeOfDay(node) : TimeOfDay.NONE;
  }
}
