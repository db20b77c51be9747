package dev.changelake.compact.load;

import dev.changelake.compact.delta.LakeTable;
import dev.changelake.compact.delta.Retention;
import dev.changelake.compact.delta.VersionDiff;
import dev.changelake.contract.Column;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A table of the lake: a version that holds the rows of {@link BenchmarkOrders}, and the one after
 * it, into which the changes are merged.
 */
record BenchmarkVersions(LakeTable table, List<String> key, List<String> columns) {
  private static final long ROWS = 0;
  private static final long CHANGED = 1;

  private static final VersionDiff DIFF =
      new VersionDiff(
          RowChange.COLUMN,
          RowChange.INSERTED.code(),
          RowChange.UPDATED.code(),
          RowChange.DELETED.code());

  static BenchmarkVersions write(BenchmarkOrders orders, String path) {
    List<String> key = orders.contract().key();
    List<String> columns = orders.contract().storedColumns().stream().map(Column::name).toList();
    orders
        .rows()
        .write()
        .format("delta")
        .options(new Retention(Duration.ofDays(30)).properties())
        .option("delta.enableDeletionVectors", "true")
        .save(path);
    LakeTable table = new LakeTable(orders.spark(), path);
    Map<String, String> values =
        columns.stream().collect(Collectors.toMap(Function.identity(), name -> "s." + name));
    table
        .delta()
        .as("t")
        .merge(
            orders.changes().as("s"),
            key.stream()
                .map(name -> "t.%1$s = s.%1$s".formatted(name))
                .collect(Collectors.joining(" AND ")))
        .whenMatched("s.%s = '%s'".formatted(RowChange.COLUMN, RowChange.DELETED.code()))
        .delete()
        .whenMatched()
        .updateExpr(values)
        .whenNotMatched()
        .insertExpr(values)
        .execute();
    return new BenchmarkVersions(table, key, columns);
  }

  Dataset<Row> rows() {
    return table.read(ROWS);
  }

  Dataset<Row> changes() {
    return DIFF.between(table, ROWS, CHANGED, key, columns);
  }
}
