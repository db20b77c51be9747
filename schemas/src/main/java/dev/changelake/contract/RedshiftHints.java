package dev.changelake.contract;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How Redshift spreads a table over its nodes and sorts it; without a hint it decides by itself.
 *
 * @param distkey the column whose equal values stand on one node
 * @param sortkey the columns by which rows are sorted, in order
 */
public record RedshiftHints(
    Optional<DistStyle> diststyle, Optional<String> distkey, List<String> sortkey) {
  public static final RedshiftHints NONE =
      new RedshiftHints(Optional.empty(), Optional.empty(), List.of());

  public RedshiftHints {
    Objects.requireNonNull(diststyle, "diststyle");
    Objects.requireNonNull(distkey, "distkey");
    sortkey = List.copyOf(sortkey);
    if (diststyle.isPresent() && distkey.isPresent()) {
      throw new IllegalArgumentException("a table has a diststyle or a distkey");
    }
  }

  /** The columns that are named. */
  public List<String> columns() {
    return Stream.concat(distkey.stream(), sortkey.stream()).toList();
  }

  /** How rows are spread where no column decides it. */
  public enum DistStyle {
    /** All rows on each node, for small tables that many join. */
    ALL,
    EVEN;

    public String sql() {
      return name();
    }

    static DistStyle fromCode(String code) {
      return Arrays.stream(values())
          .filter(style -> style.name().toLowerCase(Locale.ROOT).equals(code))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("diststyle is all or even, was " + code));
    }
  }
}
