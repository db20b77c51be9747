package dev.changelake.contract;

import java.util.Arrays;
import java.util.Locale;

/**
 * What happens to a change that leaves a value out, when the row's earlier value is not known
 * either.
 */
public enum UnavailablePolicy {
  /** The change is not applied, and counted as unresolved. */
  QUARANTINE,
  /** The change is applied with null in its place, and the row says which values are not known. */
  KEEP;

  /** The name in contract files. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  static UnavailablePolicy fromCode(String code) {
    return Arrays.stream(values())
        .filter(policy -> policy.code().equals(code))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("must be quarantine or keep, was " + code));
  }
}
