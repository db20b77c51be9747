package dev.changelake.compact.plan;

import dev.changelake.contract.ColumnChange;
import dev.changelake.contract.ColumnType;
import dev.changelake.contract.DriftKind;
import java.io.Serializable;
import java.util.Objects;

/**
 * A column by which a table followed its source, from a batch on.
 *
 * @param n the plan from which on it counts
 * @param from what the contract said of the column; empty if it knew none
 * @param type the column's type from then on
 * @param nullable whether records without a value are accepted from then on
 * @param records how many of the batch's records asked for it
 * @param first where the first of them stands, as {@code partition:offset}
 */
public record Evolution(
    long n,
    DriftKind kind,
    String column,
    String from,
    String type,
    boolean nullable,
    long records,
    String first)
    implements Serializable {
  public Evolution {
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(first, "first");
    new ColumnChange(kind, column, ColumnType.parse(type), nullable);
  }

  /** What it makes of the contract. */
  public ColumnChange change() {
    return new ColumnChange(kind, column, ColumnType.parse(type), nullable);
  }
}
