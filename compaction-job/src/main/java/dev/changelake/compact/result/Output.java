package dev.changelake.compact.result;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Something that a run put where others read it.
 *
 * @param name the report's or the table's; {@code page} or {@code index} of a dashboard
 * @param place the folder or the warehouse table
 * @param rows how many rows it holds, where this run knows
 * @param load how a warehouse table that was written got its rows
 */
public record Output(
    Kind kind, String name, Outcome outcome, String place, OptionalLong rows, Optional<Load> load) {
  public Output {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(outcome, "outcome");
    Objects.requireNonNull(place, "place");
    Objects.requireNonNull(rows, "rows");
    // Results of earlier versions have none.
    load = load == null ? Optional.empty() : load;
  }

  /** What is no warehouse table, or was not written. */
  public Output(Kind kind, String name, Outcome outcome, String place, OptionalLong rows) {
    this(kind, name, outcome, place, rows, Optional.empty());
  }

  /** What kind of thing it is. */
  public enum Kind {
    REPORT,
    /** A page to look at: that of a batch, or the index over them. */
    DASHBOARD,
    SNAPSHOT,
    WAREHOUSE_TABLE
  }

  /** What the run did. */
  public enum Outcome {
    WRITTEN,
    /** It was there already, made from the same versions. */
    UNCHANGED,
    /** A later batch stands there; an older one does not replace it. */
    SUPERSEDED
  }
}
