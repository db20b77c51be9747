package dev.changelake.compact.fold;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import dev.changelake.compact.changelog.StateColumns;
import dev.changelake.contract.TableContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Up to where each key was applied before a batch, and the row that it has. */
final class StoredPositions {
  private StoredPositions() {}

  /**
   * The positions of the keys of these changes.
   *
   * @param state the target before the batch
   * @param absent the positions without a row before the batch; empty if there are none
   * @param few whether the keys are few enough to be sent to every task instead of sorting the
   *     table
   */
  static Dataset<Row> of(
      TableContract target,
      Dataset<Row> state,
      Optional<Dataset<Row>> absent,
      Dataset<Row> changes,
      boolean few) {
    List<String> identity = StateColumns.identity(target);
    Column[] identityColumns = columns(identity);
    Dataset<Row> keys = changes.select(identityColumns).distinct();
    Dataset<Row> wanted = few ? broadcast(keys) : keys;
    Column owned = struct(columns(target.key()));

    Dataset<Row> positions = narrowed(state, wanted, identity).select(of(identity, owned, false));
    if (absent.isPresent()) {
      Column none = lit(null).cast(positions.schema().apply(FoldColumns.OWNED).dataType());
      positions =
          positions.unionByName(
              narrowed(absent.get(), wanted, identity).select(of(identity, none, true)));
    }
    return positions;
  }

  private static Dataset<Row> narrowed(
      Dataset<Row> table, Dataset<Row> keys, List<String> identity) {
    return table.join(keys, scalaSeq(identity), "left_semi");
  }

  private static Column[] of(List<String> identity, Column owned, boolean absent) {
    List<Column> selected = new ArrayList<>(List.of(columns(identity)));
    selected.add(col(StateColumns.LSN).as(FoldColumns.STORED_LSN));
    selected.add(owned.as(FoldColumns.OWNED));
    selected.add(lit(absent).as(FoldColumns.WAS_ABSENT));
    return selected.toArray(Column[]::new);
  }

  static Column[] columns(List<String> names) {
    return names.stream().map(name -> col(name)).toArray(Column[]::new);
  }

  static scala.collection.immutable.Seq<String> scalaSeq(List<String> names) {
    return scala.jdk.javaapi.CollectionConverters.asScala(names).toSeq();
  }
}
