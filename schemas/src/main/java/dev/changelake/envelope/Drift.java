package dev.changelake.envelope;

import dev.changelake.contract.ColumnChange;
import dev.changelake.contract.DriftKind;
import java.util.Objects;
import java.util.Optional;

/**
 * In what a record's source has come to differ from the contract.
 *
 * @param column the contract's column, or the new one; several are joined by commas
 * @param from what the contract says; empty if it knows no such column
 * @param to what the source says; empty if it does not tell
 * @param change what makes the contract fit; empty if no change does without a guess
 */
public record Drift(
    DriftKind kind, String column, String from, String to, Optional<ColumnChange> change) {
  public Drift {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(column, "column");
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(to, "to");
    Objects.requireNonNull(change, "change");
  }

  /** The same, of a record that no change of the contract lets be read. */
  Drift held() {
    return new Drift(kind, column, from, to, Optional.empty());
  }
}
