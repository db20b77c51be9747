package dev.changelake.compact.fold;

import dev.changelake.compact.order.Place;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a batch does to one table.
 *
 * @param actions one row for each row of the table that changes: its key, the columns of the state
 *     and {@link #ACTION}
 * @param absent one row for each key whose position without a row changes, with {@link #ACTION}
 * @param conflicting some of the records that claim what another source holds
 * @param fallenBack in each partition the first record whose log position fell back
 * @param undecided in each partition the first record of a key whose order nothing decides
 */
public record Fold(
    Dataset<Row> actions,
    Dataset<Row> absent,
    FoldCounts counts,
    List<String> conflicting,
    List<Place> fallenBack,
    List<Place> undecided) {
  /** The column that says what to do with a row: {@link #UPSERT} or {@link #DELETE}. */
  public static final String ACTION = FoldColumns.ACTION;

  public static final String UPSERT = FoldColumns.UPSERT;
  public static final String DELETE = FoldColumns.DELETE;
}
