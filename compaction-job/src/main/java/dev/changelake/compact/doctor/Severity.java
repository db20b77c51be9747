package dev.changelake.compact.doctor;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How bad a hazard is; the worst comes first. */
public enum Severity {
  /** Data is wrong or lost, or will be, or the next batch stops. */
  ERROR,
  /** Data can become wrong or get lost. */
  WARNING,
  /** Good to know; nothing is wrong with it. */
  INFO;

  @JsonValue
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
