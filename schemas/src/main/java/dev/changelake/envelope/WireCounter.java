package dev.changelake.envelope;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Pattern;

/** Positions, transactions and moments in milliseconds: numbers from 0 on. */
final class WireCounter {
  private static final Pattern DIGITS = Pattern.compile("\\d{1,19}");

  private WireCounter() {}

  /**
   * Reads a counter; Debezium's documentation shows some of them as text.
   *
   * @return null if there is none
   */
  static Long read(JsonNode node, String name) throws Quarantine {
    if (node.isMissingNode() || node.isNull()) {
      return null;
    }
    if (node.isIntegralNumber() && node.canConvertToLong() && node.longValue() >= 0) {
      return node.longValue();
    }
    if (node.isTextual() && DIGITS.matcher(node.textValue()).matches()) {
      try {
        return Long.valueOf(node.textValue());
      } catch (NumberFormatException e) {
        // Beyond 64 bits: told below.
      }
    }
    throw new Quarantine(QuarantineReason.UNDECODABLE_VALUE, name + " is not a number");
  }
}
