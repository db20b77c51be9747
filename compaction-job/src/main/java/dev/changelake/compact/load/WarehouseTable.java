package dev.changelake.compact.load;

import dev.changelake.contract.Column;
import java.util.List;

/** A table of the warehouse. */
public record WarehouseTable(String name, List<Column> columns, List<String> key) {
  public WarehouseTable {
    columns = List.copyOf(columns);
    key = List.copyOf(key);
    if (columns.isEmpty() || key.isEmpty()) {
      throw new IllegalArgumentException("A table has columns, and a key of some of them");
    }
  }

  List<String> columnNames() {
    return columns.stream().map(Column::name).toList();
  }
}
