package dev.changelake.compact.redshift;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** PostgreSQL's errors in Redshift's words, where the stand-in made them happen. */
final class BackendErrors {
  private static final Pattern TOO_LONG = Pattern.compile("^too long for (.+?)(?: of [0-9a-f]+)?$");
  private static final String STRING_TRUNCATION = "22001";

  private BackendErrors() {}

  /**
   * The error as the client gets it.
   *
   * @param refusals the stand-in's own, by the word that PostgreSQL stumbled over
   */
  static WireMessage told(WireMessage error, Map<String, Refusal> refusals) {
    Map<Character, String> fields = error.fields();
    String message = fields.get('M');
    for (Map.Entry<String, Refusal> refusal : refusals.entrySet()) {
      if (message.contains(refusal.getKey())) {
        return refusal.getValue().message();
      }
    }
    Matcher tooLong = TOO_LONG.matcher(fields.getOrDefault('n', ""));
    if (tooLong.matches()) {
      return WireMessage.error(
          "ERROR", STRING_TRUNCATION, "value too long for type " + tooLong.group(1), "");
    }
    if (fields.getOrDefault('W', "").startsWith("PL/pgSQL function")) {
      fields.keySet().removeIf(field -> "WFLR".indexOf(field) >= 0);
      return WireMessage.error(fields);
    }
    return error;
  }

  /** Why a row was not loaded. */
  static String ofRow(WireMessage error) {
    Map<Character, String> fields = error.fields();
    boolean tooLong =
        fields.get('C').equals(STRING_TRUNCATION)
            || TOO_LONG.matcher(fields.getOrDefault('n', "")).matches();
    String reason = tooLong ? "String length exceeds DDL length" : fields.get('M');
    return reason + " (" + fields.getOrDefault('W', "no row named") + ")";
  }

  /** Whether it is of the data: a value that does not fit, or breaks a constraint. */
  static boolean isOfRow(WireMessage error) {
    String state = error.fields().get('C');
    return state.startsWith("22") || state.startsWith("23");
  }
}
