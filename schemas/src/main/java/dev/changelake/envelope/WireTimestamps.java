package dev.changelake.envelope;

import com.fasterxml.jackson.databind.JsonNode;
import dev.changelake.contract.Column;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * Timestamps in each form of Debezium's {@code time.precision.mode}.
 *
 * <p>With a time zone: text ({@code ZonedTimestamp}), parts ({@code StructuredZonedTimestamp}).
 * Without one, where the numbers and the text are those that the clock's reading would have in UTC:
 * {@code Timestamp}, {@code MicroTimestamp}, {@code NanoTimestamp}, Connect's {@code Timestamp},
 * {@code IsoTimestamp}, {@code StructuredTimestamp}. An instant takes both kinds, a local timestamp
 * the latter alone. All is counted in microseconds here.
 */
final class WireTimestamps {
  private static final String ISO = "io.debezium.time.IsoTimestamp";
  private static final String STRUCTURED = "io.debezium.time.StructuredTimestamp";
  private static final String ZONED = "io.debezium.time.ZonedTimestamp";
  private static final String STRUCTURED_ZONED = "io.debezium.time.StructuredZonedTimestamp";

  /** Stands for what is no timestamp. */
  private static final long NONE = Long.MIN_VALUE;

  /** The years 1 to 9999; the end is not in them. */
  private static final long START = LocalDate.of(1, 1, 1).toEpochDay() * 86_400_000_000L;

  private static final long END = LocalDate.of(10_000, 1, 1).toEpochDay() * 86_400_000_000L;

  /**
   * What Debezium makes of infinity and -infinity, {@code
   * PostgresValueConverter.POSITIVE_INFINITY_TIMESTAMP} and its like: microseconds, or, where
   * milliseconds were made of them, their thousandth. Moments of the years 294247 and -290308.
   */
  private static final long INFINITY = 9_223_372_036_825_200_000L;

  private static final long MINUS_INFINITY = -9_223_372_036_832_400_000L;

  private WireTimestamps() {}

  /** Whether a timestamp column can hold the instant exactly. */
  static boolean isRepresentable(Instant instant) {
    return instant.getNano() % 1000 == 0
        && instant.getEpochSecond() >= START / 1_000_000
        && instant.getEpochSecond() < END / 1_000_000;
  }

  static Instant instant(Column column, JsonNode node, WireSchema schema) throws Quarantine {
    String form = schema.isKnown() ? WireStructs.form(schema) : defaultForm(node, true);
    long micros =
        switch (form) {
          case ZONED -> zoned(column, node, schema);
          case STRUCTURED_ZONED -> structured(column, node, schema, true);
          default -> local(column, node, schema, form);
        };
    if (micros < START || micros >= END) {
      throw WireRefusal.mismatch(
          column, node, schema, schema.isKnown() ? "" : WireTexts.withoutUnit(node));
    }
    return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000), nanos(micros));
  }

  static LocalDateTime local(Column column, JsonNode node, WireSchema schema) throws Quarantine {
    String form = schema.isKnown() ? WireStructs.form(schema) : defaultForm(node, false);
    long micros = local(column, node, schema, form);
    if (micros < START || micros >= END) {
      throw WireRefusal.mismatch(
          column, node, schema, schema.isKnown() ? "" : WireTexts.withoutUnit(node));
    }
    return LocalDateTime.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000), nanos(micros), ZoneOffset.UTC);
  }

  private static int nanos(long micros) {
    return Math.floorMod(micros, 1_000_000) * 1000;
  }

  private static String defaultForm(JsonNode node, boolean withZone) {
    return switch (node.getNodeType()) {
      case STRING -> withZone ? ZONED : ISO;
      case OBJECT -> withZone ? STRUCTURED_ZONED : STRUCTURED;
      default -> "";
    };
  }

  private static long local(Column column, JsonNode node, WireSchema schema, String form)
      throws Quarantine {
    return switch (form) {
      case "io.debezium.time.MicroTimestamp" -> ofMicros(column, node, schema);
      case "io.debezium.time.Timestamp", "org.apache.kafka.connect.data.Timestamp" ->
          ofMillis(column, node, schema);
      case "io.debezium.time.NanoTimestamp" -> ofNanos(column, node, schema);
      case ISO -> iso(column, node, schema);
      case STRUCTURED -> structured(column, node, schema, false);
      default -> NONE;
    };
  }

  private static long ofMicros(Column column, JsonNode node, WireSchema schema) throws Quarantine {
    long count = count(node);
    if (count == INFINITY || count == MINUS_INFINITY) {
      throw WireRefusal.special(column, node, schema);
    }
    return count;
  }

  private static long ofMillis(Column column, JsonNode node, WireSchema schema) throws Quarantine {
    long count = count(node);
    if (count == INFINITY
        || count == MINUS_INFINITY
        || count == INFINITY / 1000
        || count == MINUS_INFINITY / 1000) {
      throw WireRefusal.special(column, node, schema);
    }
    return count >= START / 1000 && count < END / 1000 ? count * 1000 : NONE;
  }

  /** Infinity and -infinity are the greatest and the least number here. */
  private static long ofNanos(Column column, JsonNode node, WireSchema schema) throws Quarantine {
    if (!isCount(node)) {
      return NONE;
    }
    long count = node.longValue();
    if (count == Long.MAX_VALUE || count == Long.MIN_VALUE) {
      throw WireRefusal.special(column, node, schema);
    }
    return count % 1000 == 0 ? count / 1000 : NONE;
  }

  private static boolean isCount(JsonNode node) {
    return node.isIntegralNumber() && node.canConvertToLong();
  }

  private static long count(JsonNode node) {
    return isCount(node) ? node.longValue() : NONE;
  }

  private static long zoned(Column column, JsonNode node, WireSchema schema) throws Quarantine {
    if (!node.isTextual()) {
      return NONE;
    }
    if (WireTexts.isInfinity(node.textValue())) {
      throw WireRefusal.special(column, node, schema);
    }
    try {
      OffsetDateTime time = OffsetDateTime.parse(node.textValue());
      return micros(time.toEpochSecond(), time.getNano());
    } catch (DateTimeException e) {
      return NONE;
    }
  }

  private static long iso(Column column, JsonNode node, WireSchema schema) throws Quarantine {
    if (!node.isTextual()) {
      return NONE;
    }
    if (WireTexts.isInfinity(node.textValue())) {
      throw WireRefusal.special(column, node, schema);
    }
    try {
      LocalDateTime time = LocalDateTime.parse(WireTexts.withoutZ(node.textValue()));
      long seconds = time.toEpochSecond(ZoneOffset.UTC);
      if (seconds == INFINITY / 1_000_000 || seconds == Math.floorDiv(MINUS_INFINITY, 1_000_000)) {
        throw WireRefusal.special(column, node, schema);
      }
      return micros(seconds, time.getNano());
    } catch (DateTimeException e) {
      return NONE;
    }
  }

  private static long structured(Column column, JsonNode node, WireSchema schema, boolean zoned)
      throws Quarantine {
    if (WireStructs.isSpecial(node)) {
      throw WireRefusal.special(column, node, schema);
    }
    LocalDate date = WireStructs.isOfUnknownParts(node) ? null : WireStructs.date(node);
    long time = WireStructs.timeOfDay(node);
    long offset = zoned ? WireStructs.offset(node) : 0;
    if (date == null
        || !TimeOfDay.isOnClock(time)
        || offset == WireStructs.NONE
        || !zoned && WireStructs.hasZone(node)) {
      return NONE;
    }
    return micros(date.toEpochDay() * 86_400 - offset, 0) + time;
  }

  /** {@link #NONE} outside the years 1 to 9999 and a day, or for a part of a microsecond. */
  private static long micros(long seconds, int nanos) {
    boolean fits =
        nanos % 1000 == 0
            && seconds >= START / 1_000_000 - 86_400
            && seconds < END / 1_000_000 + 86_400;
    return fits ? seconds * 1_000_000 + nanos / 1000 : NONE;
  }
}
