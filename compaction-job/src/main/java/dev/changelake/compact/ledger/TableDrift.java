package dev.changelake.compact.ledger;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.changelake.contract.DriftKind;
import dev.changelake.contract.DriftPolicy;
import java.util.Locale;
import java.util.Objects;

/**
 * In what a table's source has come to differ from its contract, and what a batch did about it.
 *
 * @param column the contract's column, or the new one; several are joined by commas
 * @param from what the contract says; empty if it knows no such column
 * @param to what the source says; empty if it does not tell
 * @param policy what the contract declares for this kind of drift
 * @param records how many of the batch's records show it
 * @param first where the first of them stands, as {@code partition:offset}
 */
public record TableDrift(
    String table,
    DriftKind kind,
    String column,
    String from,
    String to,
    DriftPolicy policy,
    Outcome outcome,
    long records,
    String first) {
  public TableDrift {
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(policy, "policy");
    Objects.requireNonNull(outcome, "outcome");
  }

  /** What came of it. */
  public enum Outcome {
    /** The table follows its source. */
    EVOLVED,
    /** The records are quarantined. */
    HELD;

    @JsonValue
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The drift in words, without the table. */
  public String text() {
    String what =
        switch (kind) {
          case ADDED -> "has the new column %s%s".formatted(column, to.isEmpty() ? "" : " " + to);
          case DROPPED -> "lacks the column %s".formatted(column);
          case RENAMED -> "lacks %s and has %s".formatted(column, to);
          case WIDENED -> "has %s in the column %s, which is %s".formatted(to, column, from);
          case TYPE ->
              "has other values than %s in the column %s%s"
                  .formatted(from, column, to.isEmpty() ? "" : " (%s)".formatted(to));
          case KEY -> "has the key %s instead of %s".formatted(to, from);
        };
    return "%s, in %d records from %s on".formatted(what, records, first);
  }
}
