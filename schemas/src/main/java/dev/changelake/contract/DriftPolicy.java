package dev.changelake.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/** What happens when a source has come to differ from its contract. */
public enum DriftPolicy {
  /** The table follows the source, where that is exact; else as {@link #HOLD}. */
  EVOLVE,
  /** The records that do not fit are quarantined, from where they can be replayed. */
  HOLD,
  /** The run stops before any table changes. */
  STOP;

  /** The name in contract files and results. */
  @JsonValue
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The policy of that name. */
  @JsonCreator
  public static DriftPolicy fromCode(String code) {
    return Arrays.stream(values())
        .filter(policy -> policy.code().equals(code))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("must be evolve, hold or stop, was " + code));
  }
}
