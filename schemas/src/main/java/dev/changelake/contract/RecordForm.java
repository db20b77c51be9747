package dev.changelake.contract;

import java.util.Arrays;
import java.util.Locale;

/** The form of the values in a topic; it is agreed on, since a row does not tell which it is. */
public enum RecordForm {
  /** Debezium's envelope: the row before and after, the operation, the place in the source. */
  ENVELOPE,
  /** The row itself, as Debezium's {@code ExtractNewRecordState} leaves it. */
  FLATTENED;

  /** The name in contract files. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  static RecordForm fromCode(String code) {
    return Arrays.stream(values())
        .filter(form -> form.code().equals(code))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("must be envelope or flattened, was " + code));
  }
}
