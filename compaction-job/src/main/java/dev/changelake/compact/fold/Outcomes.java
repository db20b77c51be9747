package dev.changelake.compact.fold;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import dev.changelake.compact.changelog.StateColumns;
import dev.changelake.compact.fold.FoldColumns.Outcome;
import dev.changelake.envelope.Operation;
import dev.changelake.envelope.RecordStatus;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Tells of each record what becomes of it.
 *
 * <p>Within a key the partition's offset is the order. A record whose lsn is below the greatest
 * that was applied to its key is a replay; with an equal or absent lsn the offset decides. A
 * tombstone that follows the delete of its key belongs to it and has no effect of its own.
 */
final class Outcomes {
  private static final String PAIRED = "paired";
  private static final String REPLAY = "replay";
  private static final String ACCEPTED_OFFSET = "accepted_offset";

  private Outcomes() {}

  /** The outcomes for a table of the newest states. */
  static Dataset<Row> newest(Dataset<Row> changes, List<String> identity) {
    WindowSpec key = Window.partitionBy(StoredPositions.columns(identity));
    WindowSpec inOrder = key.orderBy(StateColumns.PARTITION, StateColumns.OFFSET);
    WindowSpec before = inOrder.rowsBetween(Window.unboundedPreceding(), -1);

    Column isTombstone = col(FoldColumns.STATUS).equalTo(RecordStatus.TOMBSTONE.code());
    Column afterDelete =
        coalesce(
            lag(col(FoldColumns.OP), 1).over(inOrder).equalTo(Operation.DELETE.code()), lit(false));
    Column guard = greatest(max(FoldColumns.LSN).over(before), col(FoldColumns.STORED_LSN));

    Column accepted = not(col(PAIRED)).and(not(col(REPLAY)));
    Column outcome =
        when(col(PAIRED), Outcome.TOMBSTONE.code())
            .when(col(REPLAY), Outcome.REPLAY.code())
            .when(
                col(StateColumns.PARTITION)
                    .equalTo(col(ACCEPTED_OFFSET + "." + StateColumns.PARTITION))
                    .and(
                        col(StateColumns.OFFSET)
                            .equalTo(col(ACCEPTED_OFFSET + "." + StateColumns.OFFSET))),
                Outcome.WINNER.code())
            .otherwise(Outcome.SUPERSEDED.code());
    return changes
        .withColumn(PAIRED, isTombstone.and(afterDelete.or(col(FoldColumns.PAIRED_BEFORE))))
        .withColumn(REPLAY, coalesce(col(FoldColumns.LSN).lt(guard), lit(false)))
        .withColumn(ACCEPTED_OFFSET, max(when(accepted, position())).over(key))
        .withColumn(
            FoldColumns.GUARD,
            greatest(
                max(when(accepted, col(FoldColumns.LSN))).over(key), col(FoldColumns.STORED_LSN)))
        .withColumn(FoldColumns.OUTCOME, outcome)
        .drop(PAIRED, REPLAY, ACCEPTED_OFFSET);
  }

  /** The outcomes for a table that keeps each key as it was first seen. */
  static Dataset<Row> first(Dataset<Row> changes, List<String> identity) {
    WindowSpec key = Window.partitionBy(StoredPositions.columns(identity));
    Column isChange = col(FoldColumns.STATUS).equalTo(RecordStatus.CHANGE.code());
    Column isFirst =
        position()
            .equalTo(min(when(isChange, position())).over(key))
            .and(col(FoldColumns.OWNED).isNull());
    return changes
        .withColumn(FoldColumns.GUARD, col(FoldColumns.LSN))
        .withColumn(
            FoldColumns.OUTCOME,
            when(not(isChange), Outcome.TOMBSTONE.code())
                .when(isFirst, Outcome.WINNER.code())
                .otherwise(Outcome.REPLAY.code()));
  }

  private static Column position() {
    return struct(col(StateColumns.PARTITION), col(StateColumns.OFFSET));
  }
}
