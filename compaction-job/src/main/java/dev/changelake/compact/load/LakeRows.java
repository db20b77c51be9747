package dev.changelake.compact.load;

import dev.changelake.compact.changelog.SparkTypes;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Rows of the lake, sorted by the key. */
record LakeRows(WarehouseTable table, List<Integer> keyAt, Iterator<Row> rows)
    implements Iterator<ComparedRow> {
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
    return new LakeRows(table, table.keyAt(), rows.select(selected).sort(key).toLocalIterator());
  }

  @Override
  public boolean hasNext() {
    return rows.hasNext();
  }

  @Override
  public ComparedRow next() {
    Row row = rows.next();
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < row.size(); i++) {
      values.add(value(row, i));
    }
    return ComparedRow.of(table.columns(), keyAt, values);
  }

  private static Object value(Row row, int index) {
    Object value = row.get(index);
    if (value instanceof scala.collection.Seq<?>) {
      return row.getList(index);
    }
    return value instanceof scala.collection.Map<?, ?> ? row.getJavaMap(index) : value;
  }
}
