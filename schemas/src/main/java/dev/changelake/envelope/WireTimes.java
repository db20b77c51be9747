package dev.changelake.envelope;

import com.fasterxml.jackson.databind.JsonNode;
import dev.changelake.contract.Column;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;

/** Dates and timestamps. */
final class WireTimes {
  private static final String ZONED_TIMESTAMP = "io.debezium.time.ZonedTimestamp";
  private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant TOO_LATE = Instant.parse("+10000-01-01T00:00:00Z");

  private WireTimes() {}

  /** Whether a timestamp column can hold the instant exactly. */
  static boolean isRepresentable(Instant instant) {
    return instant.getNano() % 1000 == 0
        && !instant.isBefore(EARLIEST)
        && instant.isBefore(TOO_LATE);
  }

  static LocalDate date(Column column, JsonNode node, WireSchema schema) throws Quarantine {
    boolean days =
        !schema.isKnown()
            || schema.typeName().equals("io.debezium.time.Date")
            || schema.typeName().equals("org.apache.kafka.connect.data.Date");
    if (!days || !node.isIntegralNumber() || !node.canConvertToInt()) {
      throw WireRefusal.mismatch(column, node, schema);
    }
    LocalDate date = LocalDate.ofEpochDay(node.intValue());
    if (date.getYear() < 1 || date.getYear() > 9999) {
      throw WireRefusal.mismatch(column, node, schema);
    }
    return date;
  }

  static Instant timestamp(Column column, JsonNode node, WireSchema schema) throws Quarantine {
    String form = schema.isKnown() ? schema.typeName() : ZONED_TIMESTAMP;
    Instant instant = null;
    try {
      if (node.isTextual() && form.equals(ZONED_TIMESTAMP)) {
        instant = OffsetDateTime.parse(node.textValue()).toInstant();
      } else if (node.isIntegralNumber() && node.canConvertToLong()) {
        instant = sinceEpoch(form, node.longValue());
      }
    } catch (DateTimeException | ArithmeticException e) {
      // Not an instant: told below.
    }
    if (instant == null || !isRepresentable(instant)) {
      throw WireRefusal.mismatch(column, node, schema);
    }
    return instant;
  }

  private static Instant sinceEpoch(String form, long count) {
    return switch (form) {
      case "io.debezium.time.Timestamp", "org.apache.kafka.connect.data.Timestamp" ->
          Instant.ofEpochMilli(count);
      case "io.debezium.time.MicroTimestamp" -> Instant.EPOCH.plus(count, ChronoUnit.MICROS);
      default -> null;
    };
  }
}
