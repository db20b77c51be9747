package dev.changelake.envelope;

import dev.changelake.contract.ColumnType;
import java.util.Map;

/**
 * A cell as the database had it.
 *
 * @param mode the settings that it was captured under
 * @param image before or after
 * @param text PostgreSQL's own
 */
record CorpusCell(
    Map<String, String> mode,
    String operation,
    String image,
    String postgresType,
    ColumnType type,
    String text) {

  boolean is(String setting, String value) {
    return value.equals(mode.get(setting));
  }

  boolean isSpecial() {
    return text != null && CorpusCells.SPECIAL.contains(text);
  }

  /** What PostgreSQL means by it. */
  Object meant() {
    return CorpusCells.meant(postgresType, type, text);
  }
}
