package dev.changelake.compact.fold;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;

import dev.changelake.compact.changelog.StateColumns;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.StructType;

/**
 * The records of each key, by partition and offset.
 *
 * @param identity the columns of the key
 * @param spread whether a key's records may stand in more than one partition
 */
record KeyGroups(List<String> identity, boolean spread) {
  Dataset<Row> map(
      Dataset<Row> located, FlatMapGroupsFunction<Row, Row, Row> rule, StructType result) {
    Column[] key = StoredPositions.columns(identity);
    Column several =
        spread
            ? max(StateColumns.PARTITION)
                .over(Window.partitionBy(key))
                .notEqual(min(StateColumns.PARTITION).over(Window.partitionBy(key)))
            : lit(false);
    Dataset<Row> records = located.withColumn(FoldColumns.SEVERAL, several);
    StructType keys = new StructType();
    for (String name : identity) {
      keys = keys.add(records.schema().apply(name));
    }
    return records
        .groupBy(key)
        .as(Encoders.row(keys), Encoders.row(records.schema()))
        .flatMapSortedGroups(
            new Column[] {col(StateColumns.PARTITION), col(StateColumns.OFFSET)},
            rule,
            Encoders.row(result));
  }
}
