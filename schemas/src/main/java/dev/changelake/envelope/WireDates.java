package dev.changelake.envelope;

import com.fasterxml.jackson.databind.JsonNode;
import dev.changelake.contract.Column;
import java.time.DateTimeException;
import java.time.LocalDate;

/**
 * Dates in each form of Debezium's {@code time.precision.mode}: days since 1970 ({@code
 * io.debezium.time.Date}, Connect's {@code Date}), text ({@code IsoDate}), parts ({@code
 * StructuredDate}).
 */
final class WireDates {
  /** The first day of the year 1, and the last of 9999: what all of the lake's readers have. */
  private static final long FIRST_DAY = LocalDate.of(1, 1, 1).toEpochDay();

  private static final long LAST_DAY = LocalDate.of(9999, 12, 31).toEpochDay();

  /**
   * What Debezium 3.6.1 makes of infinity and -infinity, days of the year -5877611: {@code
   * PostgresValueConverter.POSITIVE_INFINITY_LOCAL_DATE} and its negative counterpart.
   */
  private static final long INFINITY = -2_147_472_692L;

  private static final long MINUS_INFINITY = -2_147_472_691L;

  private WireDates() {}

  static LocalDate date(Column column, JsonNode node, WireSchema schema) throws Quarantine {
    LocalDate date =
        switch (schema.isKnown() ? WireStructs.form(schema) : defaultForm(node)) {
          case "io.debezium.time.Date", "org.apache.kafka.connect.data.Date" ->
              since1970(column, node, schema);
          case "io.debezium.time.IsoDate" -> iso(column, node, schema);
          case "io.debezium.time.StructuredDate" -> structured(column, node, schema);
          default -> null;
        };
    if (date == null || isOutside(date.toEpochDay())) {
      throw WireRefusal.mismatch(column, node, schema);
    }
    return date;
  }

  private static String defaultForm(JsonNode node) {
    return switch (node.getNodeType()) {
      case NUMBER -> "io.debezium.time.Date";
      case STRING -> "io.debezium.time.IsoDate";
      case OBJECT -> "io.debezium.time.StructuredDate";
      default -> "";
    };
  }

  private static LocalDate since1970(Column column, JsonNode node, WireSchema schema)
      throws Quarantine {
    if (!node.isIntegralNumber() || !node.canConvertToInt()) {
      return null;
    }
    int days = node.intValue();
    if (days == INFINITY || days == MINUS_INFINITY) {
      throw WireRefusal.special(column, node, schema);
    }
    return isOutside(days) ? null : LocalDate.ofEpochDay(days);
  }

  private static boolean isOutside(long day) {
    return day < FIRST_DAY || day > LAST_DAY;
  }

  /** Debezium writes a Z behind the day, which stands for no zone. */
  private static LocalDate iso(Column column, JsonNode node, WireSchema schema) throws Quarantine {
    if (!node.isTextual()) {
      return null;
    }
    if (WireTexts.isInfinity(node.textValue())) {
      throw WireRefusal.special(column, node, schema);
    }
    try {
      LocalDate date = LocalDate.parse(WireTexts.withoutZ(node.textValue()));
      if (date.toEpochDay() == INFINITY || date.toEpochDay() == MINUS_INFINITY) {
        throw WireRefusal.special(column, node, schema);
      }
      return date;
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static LocalDate structured(Column column, JsonNode node, WireSchema schema)
      throws Quarantine {
    if (WireStructs.isSpecial(node)) {
      throw WireRefusal.special(column, node, schema);
    }
    return WireStructs.isOfUnknownParts(node) || WireStructs.hasTime(node)
        ? null
        : WireStructs.date(node);
  }
}
