package dev.changelake.compact.fold;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import dev.changelake.compact.changelog.ChangeLogColumns;
import dev.changelake.compact.changelog.StateColumns;
import java.util.List;
import org.apache.spark.sql.Column;

/**
 * Where a topic's log positions began anew, after the source was restored or failed over.
 *
 * @param starts where each new epoch begins
 */
public record Epochs(List<Start> starts) {
  /**
   * The first record of a new epoch in a partition.
   *
   * @param n the plan that has the record
   */
  public record Start(long n, int partition, long offset) {}

  public Epochs {
    starts = List.copyOf(starts);
  }

  /** Positions that never began anew. */
  public static Epochs none() {
    return new Epochs(List.of());
  }

  /** How many epochs began at or before a record of the change log. */
  Column ofRecord() {
    return epoch(
        col(ChangeLogColumns.PARTITION), col(ChangeLogColumns.OFFSET), col(ChangeLogColumns.N));
  }

  /** How many epochs began at or before what was applied last to a row. */
  Column ofRow() {
    return epoch(col(StateColumns.PARTITION), col(StateColumns.OFFSET), col(StateColumns.N));
  }

  private Column epoch(Column partition, Column offset, Column n) {
    Column epoch = lit(0);
    for (Start start : starts) {
      Column reached =
          partition
              .equalTo(start.partition())
              .and(offset.geq(start.offset()))
              .and(n.geq(start.n()));
      epoch = epoch.plus(when(reached, 1).otherwise(0));
    }
    return epoch;
  }
}
