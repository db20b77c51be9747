package dev.changelake.compact.delta;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map_entries;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
 * <p>Only files that one version has and the other has not are read: a commit never changes a file,
 * and the lake's tables mark no rows of a file as deleted (deletion vectors are off).
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
    Dataset<Row> earlier = table.read(from);
    Dataset<Row> later = table.read(to);
    Set<String> earlierFiles = Set.of(earlier.inputFiles());
    Set<String> laterFiles = Set.of(later.inputFiles());
    Dataset<Row> old = rows(table, later.schema(), without(earlierFiles, laterFiles), columns);
    for (String column : columns) {
      old = old.withColumnRenamed(column, OLD + column);
    }
    Dataset<Row> now = rows(table, later.schema(), without(laterFiles, earlierFiles), columns);
    Column sameKey =
        key.stream()
            .map(name -> col(OLD + name).equalTo(col(name)))
            .reduce(Column::and)
            .orElseThrow();
    String first = key.get(0);
    Column differs =
        columns.stream()
            .filter(name -> !key.contains(name))
            .map(name -> same(name, later.schema().apply(name).dataType()))
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

  /** The rows of data files; those that were written before a column was added have null there. */
  private static Dataset<Row> rows(
      LakeTable table, StructType schema, List<String> files, List<String> columns) {
    Column[] selected = columns.stream().map(name -> col(name)).toArray(Column[]::new);
    return files.isEmpty()
        ? table.session().createDataFrame(List.of(), schema).select(selected)
        : table
            .session()
            .read()
            .schema(schema)
            .parquet(files.toArray(String[]::new))
            .select(selected);
  }

  private static List<String> without(Set<String> files, Set<String> others) {
    Set<String> rest = new HashSet<>(files);
    rest.removeAll(others);
    return rest.stream().sorted().toList();
  }
}
