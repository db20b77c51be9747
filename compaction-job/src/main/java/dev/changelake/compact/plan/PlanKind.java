package dev.changelake.compact.plan;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where a plan's records come from. */
public enum PlanKind {
  /** Frozen ranges of Kafka topics. */
  KAFKA,
  /** Records that earlier plans landed, decoded again by the contracts of now. */
  REPLAY;

  @JsonValue
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
