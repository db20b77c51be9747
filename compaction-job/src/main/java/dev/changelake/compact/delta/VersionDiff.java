package dev.changelake.compact.delta;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map_entries;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructType;

/**
 * The rows that differ between two versions of a table.
 *
 * <p>Only files that one version has and the other has not are read, or of which they have other
 * rows left (deletion vectors): no commit changes a file.
 *
 * @param change the column that tells what became of a row
 * @param inserted what it tells of a row that the earlier version does not have
 * @param updated of a row with another value in one of the columns
 * @param deleted of a row that the later version does not have: its key alone is told
 */
public record VersionDiff(String change, String inserted, String updated, String deleted) {
  private static final String OLD = "_old_";

  /** The difference. Both versions have the columns, of the same types. */
  public Dataset<Row> between(
      LakeTable table, long from, long to, List<String> key, List<String> columns) {
    VersionFiles earlier = VersionFiles.of(table, from);
    VersionFiles later = VersionFiles.of(table, to);
    Dataset<Row> old = rows(earlier.without(later), columns);
    for (String column : columns) {
      old = old.withColumnRenamed(column, OLD + column);
    }
    Dataset<Row> now = rows(later.without(earlier), columns);
    Column sameKey =
        key.stream()
            .map(name -> col(OLD + name).equalTo(col(name)))
            .reduce(Column::and)
            .orElseThrow();
    String first = key.get(0);
    StructType types = now.schema();
    Column differs =
        columns.stream()
            .filter(name -> !key.contains(name))
            .map(name -> same(name, types.apply(name).dataType()))
            .map(same -> not(same))
            .reduce(Column::or)
            .orElse(lit(false));
    List<Column> result = new ArrayList<>();
    result.add(
        when(col(OLD + first).isNull(), lit(inserted))
            .when(col(first).isNull(), lit(deleted))
            .when(differs, lit(updated))
            .as(change));
    columns.forEach(
        name ->
            result.add(
                key.contains(name) ? coalesce(col(name), col(OLD + name)).as(name) : col(name)));
    return old.join(now, sameKey, "full_outer")
        .select(result.toArray(Column[]::new))
        .where(col(change).isNotNull());
  }

  /** Whether a column's values are the same, and not only equal: 0.0 is not -0.0. */
  private static Column same(String name, DataType type) {
    Column before = col(OLD + name);
    Column after = col(name);
    if (type instanceof MapType) {
      return map_entries(before).eqNullSafe(map_entries(after));
    }
    DataType scalar = type instanceof ArrayType array ? array.elementType() : type;
    boolean isFloating = scalar.equals(DataTypes.DoubleType) || scalar.equals(DataTypes.FloatType);
    return isFloating
        ? before.cast(DataTypes.StringType).eqNullSafe(after.cast(DataTypes.StringType))
        : before.eqNullSafe(after);
  }

  private static Dataset<Row> rows(Dataset<Row> rows, List<String> columns) {
    return rows.select(columns.stream().map(name -> col(name)).toArray(Column[]::new));
  }
}
