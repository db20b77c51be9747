package dev.changelake.compact.fold;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import dev.changelake.compact.changelog.StateColumns;
import dev.changelake.contract.TableContract;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Writes effects as the rows that MERGE reads. */
final class Actions {
  private final TableContract target;
  private final long n;

  Actions(TableContract target, long n) {
    this.target = target;
    this.n = n;
  }

  /** The rows of the table that change. */
  Dataset<Row> onTable(Dataset<Row> winners) {
    Dataset<Row> upserts =
        winners
            .where(col(FoldColumns.ROW).isNotNull())
            .select(stateColumns(FoldColumns.ROW, FoldColumns.UPSERT));
    Dataset<Row> deletes =
        winners
            .where(col(Effects.EFFECT).equalTo(Effect.DELETE.code()).or(col(Effects.MOVES)))
            .select(stateColumns(FoldColumns.OWNED, FoldColumns.DELETE));
    return upserts.unionByName(deletes);
  }

  /** The positions without a row that come, change or go. */
  Dataset<Row> onAbsent(Dataset<Row> winners) {
    List<Column> columns = new ArrayList<>();
    Set<String> names = new LinkedHashSet<>(StateColumns.identity(target));
    names.addAll(StateColumns.provenance(target));
    names.forEach(name -> columns.add(provenance(name)));
    columns.add(
        when(col(FoldColumns.ROW).isNull(), FoldColumns.UPSERT)
            .otherwise(FoldColumns.DELETE)
            .as(FoldColumns.ACTION));
    return winners.where(changesAbsent()).select(columns.toArray(Column[]::new));
  }

  static Column changesAbsent() {
    return not(col(FoldColumns.ROW).isNotNull())
        .or(coalesce(col(FoldColumns.WAS_ABSENT), lit(false)));
  }

  private Column[] stateColumns(String values, String action) {
    StructType schema = StateColumns.schema(target);
    Set<String> provenance = Set.copyOf(StateColumns.provenance(target));
    List<Column> columns = new ArrayList<>();
    for (StructField field : schema.fields()) {
      String name = field.name();
      if (provenance.contains(name)) {
        columns.add(provenance(name));
      } else if (name.equals(StateColumns.UNAVAILABLE) && values.equals(FoldColumns.ROW)) {
        columns.add(col(name));
      } else if (values.equals(FoldColumns.ROW) || target.key().contains(name)) {
        columns.add(col(values + "." + name).as(name));
      } else {
        columns.add(lit(null).cast(field.dataType()).as(name));
      }
    }
    columns.add(lit(action).as(FoldColumns.ACTION));
    return columns.toArray(Column[]::new);
  }

  private Column provenance(String name) {
    return switch (name) {
      case StateColumns.LSN -> col(FoldColumns.GUARD).as(name);
      case StateColumns.N -> lit(n).as(name);
      default -> col(name);
    };
  }
}
