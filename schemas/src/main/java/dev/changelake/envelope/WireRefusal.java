package dev.changelake.envelope;

import com.fasterxml.jackson.databind.JsonNode;
import dev.changelake.contract.Column;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Why a value is refused. A reason names the column and the forms, never the value: it is logged.
 */
final class WireRefusal {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._]{1,100}");

  private WireRefusal() {}

  static Quarantine overflow(Column column) {
    return new Quarantine(
        QuarantineReason.DECIMAL_OVERFLOW,
        "%s does not fit %s".formatted(column.name(), column.type()));
  }

  /** The value is not of the column's type, or not in a form that is read, or not exact. */
  static Quarantine mismatch(Column column, JsonNode node, WireSchema schema) {
    return mismatch(column, node, schema, "");
  }

  /**
   * As {@link #mismatch(Column, JsonNode, WireSchema)}.
   *
   * @param hint what to do at the source, for a form that leaves the value open
   */
  static Quarantine mismatch(Column column, JsonNode node, WireSchema schema, String hint) {
    return new Quarantine(
        QuarantineReason.TYPE_MISMATCH,
        "%s is not exactly a %s (sent as %s)%s"
            .formatted(column.name(), column.type(), form(node, schema), hint));
  }

  /** The value is infinity or no number. */
  static Quarantine special(Column column, JsonNode node, WireSchema schema) {
    return new Quarantine(
        QuarantineReason.SPECIAL_VALUE,
        "%s is infinity or NaN, which no %s is (sent as %s)"
            .formatted(column.name(), column.type(), form(node, schema)));
  }

  private static String form(JsonNode node, WireSchema schema) {
    String form =
        schema.isKnown() ? schema.typeName() : node.getNodeType().name().toLowerCase(Locale.ROOT);
    return FORM.matcher(form).matches() ? form : "an unknown form";
  }
}
