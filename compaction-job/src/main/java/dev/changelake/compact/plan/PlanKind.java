package dev.changelake.compact.plan;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where a plan's records come from. */
public enum PlanKind {
  /** Frozen ranges of Kafka topics. */
  KAFKA;

  @JsonValue
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
