package dev.changelake.compact.load;

import dev.changelake.contract.Column;
import dev.changelake.contract.RedshiftHints;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A table of the warehouse.
 *
 * @param hints how Redshift spreads and sorts it
 */
public record WarehouseTable(
    String name, List<Column> columns, List<String> key, RedshiftHints hints) {
  public WarehouseTable {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(hints, "hints");
    columns = List.copyOf(columns);
    key = List.copyOf(key);
    if (columns.isEmpty() || key.isEmpty() || !names(columns).containsAll(key)) {
      throw new IllegalArgumentException("A table has columns, and a key of some of them");
    }
  }

  Optional<Column> column(String name) {
    return columns.stream().filter(column -> column.name().equals(name)).findFirst();
  }

  List<String> columnNames() {
    return names(columns);
  }

  /** Where the key's columns are among the columns. */
  List<Integer> keyAt() {
    return key.stream().map(columnNames()::indexOf).toList();
  }

  private static List<String> names(List<Column> columns) {
    return columns.stream().map(Column::name).toList();
  }
}
