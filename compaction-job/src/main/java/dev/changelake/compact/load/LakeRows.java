package dev.changelake.compact.load;

import dev.changelake.compact.changelog.SparkTypes;
import dev.changelake.contract.Column;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Rows of the lake, sorted by the key. */
record LakeRows(WarehouseTable table, Iterator<Row> rows) implements Iterator<ComparedRow> {
  static LakeRows of(WarehouseTable table, Dataset<Row> rows) {
    org.apache.spark.sql.Column[] selected =
        table.columns().stream()
            .map(
                column ->
                    rows.col(column.name()).cast(SparkTypes.of(column.type())).as(column.name()))
            .toArray(org.apache.spark.sql.Column[]::new);
    org.apache.spark.sql.Column[] key =
        table.key().stream()
            .map(name -> org.apache.spark.sql.functions.col(name))
            .toArray(org.apache.spark.sql.Column[]::new);
    return new LakeRows(table, rows.select(selected).sort(key).toLocalIterator());
  }

  @Override
  public boolean hasNext() {
    return rows.hasNext();
  }

  @Override
  public ComparedRow next() {
    Row row = rows.next();
    List<Comparable<?>> key =
        new ArrayList<>(
            table.key().stream().map(name -> ComparedRow.keyPart(row.getAs(name))).toList());
    List<String> cells = new ArrayList<>();
    for (Column column : table.compared()) {
      Object value = row.getAs(column.name());
      cells.add(value == null ? null : ComparedRow.text(column, value));
    }
    return new ComparedRow(key, cells);
  }
}
