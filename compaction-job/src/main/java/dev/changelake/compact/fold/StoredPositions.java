package dev.changelake.compact.fold;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import dev.changelake.compact.changelog.ChangeLogColumns;
import dev.changelake.compact.changelog.StateColumns;
import dev.changelake.contract.TableContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Up to where each key was applied before a batch, and the row that it has. */
final class StoredPositions {
  private static final String UNREADABLE_N = "unreadable_n";
  private static final String UNREADABLE_PARTITION = "unreadable_partition";
  private static final String UNREADABLE_OFFSET = "unreadable_offset";
  private static final String UNREADABLE_LSN = "unreadable_lsn";

  private final TableContract target;
  private final List<Folder.Source> sources;
  private final List<String> identity;
  private final boolean withRows;

  StoredPositions(TableContract target, List<Folder.Source> sources) {
    this.target = target;
    this.sources = sources;
    this.identity = StateColumns.identity(target);
    this.withRows = sources.stream().anyMatch(Folder.Source::leavesOut);
  }

  /**
   * The positions of the keys of these changes.
   *
   * @param state the target before the batch
   * @param absent the positions without a row before the batch; empty if there are none
   * @param few whether the keys are few enough to be sent to every task instead of sorting the
   *     table
   */
  Dataset<Row> of(
      Dataset<Row> state, Optional<Dataset<Row>> absent, Dataset<Row> changes, boolean few) {
    Dataset<Row> keys = changes.select(columns(identity)).distinct();
    Dataset<Row> wanted = few ? broadcast(keys) : keys;
    Dataset<Row> rows = marked(narrowed(state, wanted), wanted);
    Dataset<Row> positions =
        rows.select(
            positions(
                struct(columns(target.key())),
                withRows
                    ? struct(columns(target.storedColumns().stream().map(c -> c.name()).toList()))
                    : lit(null).cast(KeyColumns.rowType(target)),
                col(StateColumns.UNAVAILABLE),
                col(FoldColumns.UNREADABLE_SINCE),
                false));
    if (absent.isPresent()) {
      positions =
          positions.unionByName(
              narrowed(absent.get(), wanted)
                  .select(
                      positions(
                          noneLike(positions, FoldColumns.OWNED),
                          noneLike(positions, FoldColumns.STORED_ROW),
                          noneLike(positions, FoldColumns.STORED_UNAVAILABLE),
                          lit(false),
                          true)));
    }
    return positions;
  }

  private Dataset<Row> narrowed(Dataset<Row> table, Dataset<Row> keys) {
    return table.join(keys, scalaSeq(identity), "left_semi");
  }

  /** Says of each row whether a record of its key came after it that could not be read. */
  private Dataset<Row> marked(Dataset<Row> rows, Dataset<Row> wanted) {
    Dataset<Row> marked = rows.withColumn(FoldColumns.UNREADABLE_SINCE, lit(false));
    for (Folder.Source source : sources) {
      if (source.leavesOut()) {
        marked = marked(marked, wanted, source);
      }
    }
    return marked;
  }

  private Dataset<Row> marked(Dataset<Row> rows, Dataset<Row> wanted, Folder.Source source) {
    List<Column> columns = new ArrayList<>(SourceChanges.identity(target, source.contract()));
    columns.add(col(ChangeLogColumns.N).as(UNREADABLE_N));
    columns.add(col(ChangeLogColumns.PARTITION).as(UNREADABLE_PARTITION));
    columns.add(col(ChangeLogColumns.OFFSET).as(UNREADABLE_OFFSET));
    columns.add(col(ChangeLogColumns.LSN).as(UNREADABLE_LSN));
    Dataset<Row> unreadable =
        narrowed(source.unreadableBefore().get().select(columns.toArray(Column[]::new)), wanted);
    Column ofThisTopic = col(UNREADABLE_N).geq(source.since());
    Column later =
        when(ofThisTopic.notEqual(col(StateColumns.N).geq(source.since())), ofThisTopic)
            .when(
                col(UNREADABLE_PARTITION).equalTo(col(StateColumns.PARTITION)),
                col(UNREADABLE_OFFSET).gt(col(StateColumns.OFFSET)))
            .otherwise(coalesce(col(UNREADABLE_LSN).geq(col(StateColumns.LSN)), lit(true)));
    Dataset<Row> poisoned =
        rows.join(unreadable, scalaSeq(identity), "inner")
            .where(later)
            .select(columns(identity))
            .distinct()
            .withColumn("poisoned", lit(true));
    return rows.join(poisoned, scalaSeq(identity), "left")
        .withColumn(
            FoldColumns.UNREADABLE_SINCE,
            col(FoldColumns.UNREADABLE_SINCE).or(coalesce(col("poisoned"), lit(false))))
        .drop("poisoned");
  }

  private Column[] positions(
      Column owned, Column row, Column unavailable, Column unreadableSince, boolean absent) {
    List<Column> selected = new ArrayList<>(List.of(columns(identity)));
    selected.add(col(StateColumns.LSN).as(FoldColumns.STORED_LSN));
    selected.add(col(StateColumns.SOURCE_TS_MS).as(FoldColumns.STORED_TS_MS));
    selected.add(ofSource(source -> source.epochs().ofRow(), lit(0)).as(FoldColumns.STORED_EPOCH));
    selected.add(storedPlace().as(FoldColumns.STORED_PLACE));
    selected.add(owned.as(FoldColumns.OWNED));
    selected.add(row.as(FoldColumns.STORED_ROW));
    selected.add(unavailable.as(FoldColumns.STORED_UNAVAILABLE));
    selected.add(unreadableSince.as(FoldColumns.UNREADABLE_SINCE));
    selected.add(lit(absent).as(FoldColumns.WAS_ABSENT));
    return selected.toArray(Column[]::new);
  }

  /** Where the last applied record stands; null if that is no place of the topic as it is now. */
  private Column storedPlace() {
    Column now = ofSource(source -> col(StateColumns.N).geq(source.since()), lit(false));
    return when(
        now,
        struct(columns(List.of(StateColumns.TOPIC, StateColumns.PARTITION, StateColumns.OFFSET))));
  }

  /** What is said of a row by the source that feeds it. */
  private Column ofSource(Function<Folder.Source, Column> said, Column otherwise) {
    if (target.feeds().isEmpty()) {
      return said.apply(sources.get(0));
    }
    Column column = otherwise;
    for (Folder.Source source : sources) {
      column =
          when(col(StateColumns.SOURCE).equalTo(source.contract().table()), said.apply(source))
              .otherwise(column);
    }
    return column;
  }

  private static Column noneLike(Dataset<Row> rows, String column) {
    return lit(null).cast(rows.schema().apply(column).dataType());
  }

  static Column[] columns(List<String> names) {
    return names.stream().map(name -> col(name)).toArray(Column[]::new);
  }

  static scala.collection.immutable.Seq<String> scalaSeq(List<String> names) {
    return scala.jdk.javaapi.CollectionConverters.asScala(names).toSeq();
  }
}
