package dev.changelake.compact.fold;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;

import dev.changelake.compact.changelog.StateColumns;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * Finds the winners that claim a key which another source's record holds.
 *
 * <p>A stored row is given up when its source's record wins again in this batch. Of several claims
 * on one key the one that holds the stored row stays; if none does, all are conflicts, since their
 * sources have no order between them. A conflicting record changes nothing, so what it would have
 * given up stays held, which can make further conflicts: the search ends when it finds no more.
 */
final class Conflicts {
  /** The source and key of the stored row at the claimed key. */
  private static final String HOLDER = "holder";

  private static final String SELF = "self";
  private static final String CLAIM = "claim";
  private static final String HOLDER_MOVES = "holder_moves";
  private static final String CLAIMS = "claims";

  private Conflicts() {}

  /**
   * The conflicting winners.
   *
   * @param winners the winners of all sources, checkpointed
   * @param holders the stored rows at the claimed keys: source, source key and target key
   * @return identities of conflicting winners
   */
  static Dataset<Row> among(Dataset<Row> winners, Dataset<Row> holders, List<String> targetKey) {
    Column[] claim =
        targetKey.stream()
            .map(name -> col(FoldColumns.ROW + "." + name).as(name))
            .toArray(Column[]::new);
    Dataset<Row> claims =
        winners
            .where(col(FoldColumns.ROW).isNotNull())
            .select(identity().as(SELF), struct(claim).as(CLAIM));
    Dataset<Row> held =
        holders.select(
            identity().as(HOLDER), struct(StoredPositions.columns(targetKey)).as("held"));
    Dataset<Row> winning = winners.select(identity().as("winning"), lit(true).as(HOLDER_MOVES));
    Dataset<Row> contested =
        claims
            .join(held, col(CLAIM).equalTo(col("held")), "left")
            .join(winning, col(HOLDER).equalTo(col("winning")), "left")
            .select(
                col(SELF),
                col(CLAIM),
                col(HOLDER),
                coalesce(col(HOLDER_MOVES), lit(false)).as(HOLDER_MOVES))
            .localCheckpoint();
    Dataset<Row> conflicts = step(contested).localCheckpoint();
    long found = conflicts.count();
    while (found > 0) {
      Dataset<Row> more = step(without(contested, conflicts)).localCheckpoint();
      if (more.isEmpty()) {
        break;
      }
      conflicts = conflicts.union(more).localCheckpoint();
    }
    return conflicts.select(
        col(SELF + "." + StateColumns.SOURCE).as(StateColumns.SOURCE),
        col(SELF + "." + StateColumns.SOURCE_KEY).as(StateColumns.SOURCE_KEY));
  }

  /** The claims that are not in conflict; a holder in conflict does not move. */
  private static Dataset<Row> without(Dataset<Row> contested, Dataset<Row> conflicts) {
    Dataset<Row> staying = conflicts.select(col(SELF).as("staying"));
    return contested
        .join(conflicts.select(col(SELF).as("gone")), col(SELF).equalTo(col("gone")), "left_anti")
        .join(staying, col(HOLDER).equalTo(col("staying")), "left")
        .select(
            col(SELF),
            col(CLAIM),
            col(HOLDER),
            col(HOLDER_MOVES).and(col("staying").isNull()).as(HOLDER_MOVES));
  }

  private static Dataset<Row> step(Dataset<Row> claims) {
    Column holdsItself = coalesce(col(HOLDER).equalTo(col(SELF)), lit(false));
    Column heldByOther = col(HOLDER).isNotNull().and(not(col(HOLDER_MOVES)));
    Column contested = col(CLAIMS).gt(1).or(heldByOther);
    return claims
        .withColumn(CLAIMS, count(lit(1)).over(Window.partitionBy(CLAIM)))
        .where(not(holdsItself).and(contested))
        .select(SELF);
  }

  private static Column identity() {
    return struct(col(StateColumns.SOURCE), col(StateColumns.SOURCE_KEY));
  }
}
