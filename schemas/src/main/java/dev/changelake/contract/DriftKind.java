package dev.changelake.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How the columns of a source can come to differ from their contract. */
public enum DriftKind {
  /** Messages have a column that the contract does not know. */
  ADDED(true),
  /** A column can hold more than the contract's type, null included. */
  WIDENED(true),
  /** Messages lack a column of the contract. */
  DROPPED(true),
  /** Messages lack one column and have another: whether it is the same one, nobody tells. */
  RENAMED(false),
  /** A column is of a type whose values the contract's does not all hold. */
  TYPE(false),
  /** The key has other columns, or they are of other types. */
  KEY(false);

  private final boolean mayEvolve;

  DriftKind(boolean mayEvolve) {
    this.mayEvolve = mayEvolve;
  }

  /** Whether the table can follow the source without a guess. */
  public boolean mayEvolve() {
    return mayEvolve;
  }

  /** The name in contract files, plans and results. */
  @JsonValue
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind of that name. */
  @JsonCreator
  public static DriftKind fromCode(String code) {
    return Arrays.stream(values())
        .filter(kind -> kind.code().equals(code))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "must be one of %s, was %s"
                        .formatted(
                            Arrays.stream(values())
                                .map(DriftKind::code)
                                .collect(Collectors.joining(", ")),
                            code)));
  }
}
