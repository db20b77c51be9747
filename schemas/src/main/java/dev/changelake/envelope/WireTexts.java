package dev.changelake.envelope;

import com.fasterxml.jackson.databind.JsonNode;

/** What the texts of dates and times have in common. */
final class WireTexts {
  private WireTexts() {}

  /** PostgreSQL's own words, which {@code PostgresValueConverter} passes on. */
  static boolean isInfinity(String text) {
    return text.equals("infinity") || text.equals("-infinity");
  }

  /** What is to be said of a value without a schema: a number may be of any unit. */
  static String withoutUnit(JsonNode node) {
    return node.isNumber() ? ": a number without a schema has no unit" : "";
  }

  /** Debezium writes a Z behind a local date or time, which stands for no zone there. */
  static String withoutZ(String text) {
    return text.endsWith("Z") ? text.substring(0, text.length() - 1) : text;
  }
}
