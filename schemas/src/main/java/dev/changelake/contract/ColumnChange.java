package dev.changelake.contract;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A column as it is from a batch on, since its source changed.
 *
 * @param kind added, widened or dropped
 * @param type the column's type from then on
 * @param nullable whether records without a value are accepted from then on
 */
public record ColumnChange(DriftKind kind, String column, ColumnType type, boolean nullable) {
  public ColumnChange {
    if (!kind.mayEvolve()) {
      throw new IllegalArgumentException("No column evolves when drift is " + kind.code());
    }
    if (!Column.NAME.matcher(column).matches()) {
      throw new IllegalArgumentException("A contract has no column of the name " + column);
    }
    Objects.requireNonNull(type, "type");
    if (kind != DriftKind.WIDENED && !nullable) {
      throw new IllegalArgumentException("Rows that lack the column have null in it");
    }
  }

  /** A new column; messages from before lack it. */
  public static ColumnChange added(String column, ColumnType type) {
    return new ColumnChange(DriftKind.ADDED, column, type, true);
  }

  /** A column of a wider type, or one that may be null. */
  public static ColumnChange widened(String column, ColumnType type, boolean nullable) {
    return new ColumnChange(DriftKind.WIDENED, column, type, nullable);
  }

  /** A column that messages lack from now on. */
  public static ColumnChange dropped(Column column) {
    return new ColumnChange(DriftKind.DROPPED, column.name(), column.type(), true);
  }

  /** Whether a contract has all of it already, so that its file counts and not the change. */
  boolean isIn(TableContract contract) {
    return contract.column(column).filter(this::isIn).isPresent();
  }

  private boolean isIn(Column present) {
    return switch (kind) {
      case WIDENED -> type.fitsIn(present.type()) && (present.nullable() || !nullable);
      case DROPPED -> present.nullable() && present.omittable();
      default -> true;
    };
  }

  /** The column after the change. */
  Column of(Column before) {
    return new Column(
        before.name(),
        before.type().fitsIn(type) ? type : before.type(),
        before.nullable() || nullable,
        before.omittable() || kind == DriftKind.DROPPED,
        before.source(),
        before.aliases(),
        before.parsed(),
        before.computed(),
        before.stored(),
        before.references(),
        before.warehouseType(),
        before.description());
  }

  /** What an added column is. */
  Column toColumn() {
    return new Column(
        column,
        type,
        true,
        true,
        Optional.empty(),
        List.of(),
        false,
        Optional.empty(),
        true,
        Optional.empty(),
        Optional.empty(),
        "");
  }

  /** The text by which the change tells contracts apart. */
  String text() {
    return "%s %s %s %s".formatted(kind.code(), column, type, nullable);
  }
}
