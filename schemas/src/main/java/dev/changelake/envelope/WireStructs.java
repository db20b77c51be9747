package dev.changelake.envelope;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.Set;

/**
 * Dates and times in parts, as Debezium's {@code time.precision.mode=structured} sends them.
 *
 * <p>The parts are those of Debezium's {@code StructuredTemporal}; the fraction of a second is
 * {@code nanos} in its first form and {@code picoseconds} in the later one. Its schemas' names may
 * go on with the precision and with the column: {@code StructuredTimestampPrecision6}, {@code
 * StructuredTimestampSourceColumn6974}.
 */
final class WireStructs {
  /** Stands for parts that are no time. */
  static final long NONE = Long.MIN_VALUE;

  private static final String PREFIX = "io.debezium.time.Structured";
  private static final Set<String> PARTS =
      Set.of(
          "year",
          "month",
          "day",
          "hour",
          "minute",
          "second",
          "nanos",
          "picoseconds",
          "offsetSeconds",
          "zoneId",
          "specialValue",
          "precision");

  private WireStructs() {}

  /** The semantic name of a schema, without what a structured one adds to it. */
  static String form(WireSchema schema) {
    String name = schema.typeName();
    if (!name.startsWith(PREFIX)) {
      return name;
    }
    int end = name.indexOf("SourceColumn");
    String form = end < 0 ? name : name.substring(0, end);
    end = form.indexOf("Precision");
    return end < 0 ? form : form.substring(0, end);
  }

  /** Whether the parts are those of infinity. */
  static boolean isSpecial(JsonNode node) {
    return has(node, "specialValue");
  }

  static boolean hasDate(JsonNode node) {
    return has(node, "year") || has(node, "month") || has(node, "day");
  }

  static boolean hasTime(JsonNode node) {
    return has(node, "hour") || has(node, "minute") || has(node, "second") || hasZone(node);
  }

  static boolean hasZone(JsonNode node) {
    return has(node, "offsetSeconds") || has(node, "zoneId");
  }

  /** Whether there is something that could say more than is read. */
  static boolean isOfUnknownParts(JsonNode node) {
    for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
      if (!PARTS.contains(names.next())) {
        return true;
      }
    }
    return !node.isObject();
  }

  /** The day; null if the parts are none. */
  static LocalDate date(JsonNode node) {
    if (!isInt(node, "year") || !isInt(node, "month") || !isInt(node, "day")) {
      return null;
    }
    try {
      return LocalDate.of(
          node.get("year").intValue(), node.get("month").intValue(), node.get("day").intValue());
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** Microseconds since midnight, up to 24:00; {@link #NONE} if the parts are no such time. */
  static long timeOfDay(JsonNode node) {
    if (!isInt(node, "hour") || !isInt(node, "minute") || !isInt(node, "second")) {
      return NONE;
    }
    int hour = node.get("hour").intValue();
    int minute = node.get("minute").intValue();
    int second = node.get("second").intValue();
    long fraction = fraction(node);
    if (fraction == NONE) {
      return NONE;
    }
    return TimeOfDay.micros(hour, minute, second, fraction);
  }

  /** Seconds east of UTC; {@link #NONE} without a plausible offset, whatever the zone's name is. */
  static long offset(JsonNode node) {
    if (!isInt(node, "offsetSeconds")) {
      return NONE;
    }
    int seconds = node.get("offsetSeconds").intValue();
    return Math.abs((long) seconds) <= 18 * 3600 ? seconds : NONE;
  }

  private static long fraction(JsonNode node) {
    boolean inPicos = has(node, "picoseconds");
    JsonNode part = node.path(inPicos ? "picoseconds" : "nanos");
    long unit = inPicos ? 1_000_000 : 1_000;
    if (inPicos && has(node, "nanos")
        || !part.isIntegralNumber()
        || !part.canConvertToLong()
        || part.longValue() % unit != 0) {
      return NONE;
    }
    return part.longValue() / unit;
  }

  private static boolean isInt(JsonNode node, String part) {
    return node.path(part).isInt();
  }

  private static boolean has(JsonNode node, String part) {
    JsonNode found = node.path(part);
    return !found.isMissingNode() && !found.isNull();
  }
}
