package dev.changelake.compact.fold;

import dev.changelake.compact.changelog.StateColumns;
import dev.changelake.compact.order.OwnChanges;
import dev.changelake.compact.order.RowBefore;
import dev.changelake.contract.TableContract;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Finds a key's rows as they were before its deletes, in the executors: one row a delete. */
final class RowsBefore implements FlatMapGroupsFunction<Row, Row, Row> {
  private static final long serialVersionUID = 1L;

  private final KeyColumns columns;

  RowsBefore(KeyColumns columns) {
    this.columns = columns;
  }

  static StructType schema(TableContract target) {
    StructType stored = StateColumns.schema(target);
    StructType schema = new StructType();
    for (String name : StateColumns.identity(target)) {
      schema = schema.add(name, stored.apply(name).dataType(), true);
    }
    return schema
        .add(FoldColumns.EPOCH, DataTypes.IntegerType, false)
        .add(FoldColumns.LSN, DataTypes.LongType, false)
        .add(FoldColumns.ROW, KeyColumns.rowType(target), true)
        .add(FoldColumns.LEFT_OUT, DataTypes.createArrayType(DataTypes.StringType, false), true);
  }

  @Override
  public Iterator<Row> call(Row key, Iterator<Row> records) {
    KeyRecords changes = new KeyRecords(columns, records);
    List<Row> rows = new ArrayList<>();
    for (RowBefore before :
        columns
            .newestState()
            .beforeDeletes(
                columns.stored(changes.first()), new OwnChanges(changes), changes.several())) {
      List<Object> values = new ArrayList<>();
      for (int i = 0; i < key.size(); i++) {
        values.add(key.get(i));
      }
      values.add(before.epoch());
      values.add(before.lsn());
      values.add(RowFactory.create(before.row().cells()));
      values.add(columns.namesOf(before.row().unknown()));
      rows.add(RowFactory.create(values.toArray()));
    }
    return rows.iterator();
  }
}
