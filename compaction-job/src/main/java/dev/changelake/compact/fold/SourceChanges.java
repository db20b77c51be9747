package dev.changelake.compact.fold;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.array_intersect;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import dev.changelake.compact.changelog.ChangeLogColumns;
import dev.changelake.compact.changelog.ExactJson;
import dev.changelake.compact.changelog.SparkTypes;
import dev.changelake.compact.changelog.StateColumns;
import dev.changelake.compact.order.ChangeKind;
import dev.changelake.contract.Feed;
import dev.changelake.contract.TableContract;
import dev.changelake.envelope.Operation;
import dev.changelake.envelope.QuarantineReason;
import dev.changelake.envelope.RecordStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;

/** The records of one source that say something of a key, each with its row in the target. */
final class SourceChanges {
  private final TableContract target;
  private final Folder.Source source;
  private final Optional<Feed> feed;

  SourceChanges(TableContract target, Folder.Source source) {
    this.target = target;
    this.source = source;
    this.feed =
        target.feeds().stream()
            .filter(candidate -> candidate.from().equals(source.contract().table()))
            .findFirst();
  }

  /** The changes and tombstones; where values are left out also what cannot be read. */
  Dataset<Row> ofKeys() {
    Column status = col(ChangeLogColumns.STATUS);
    Column says = status.isin(RecordStatus.CHANGE.code(), RecordStatus.TOMBSTONE.code());
    Column refused =
        status
            .equalTo(RecordStatus.QUARANTINED.code())
            .and(col(ChangeLogColumns.ROW_KEY).isNotNull());
    Column otherDelete =
        ofOtherSource().and(col(ChangeLogColumns.OP).equalTo(Operation.DELETE.code()));
    says = says.or(refused.and(otherDelete));
    if (source.leavesOut()) {
      says = says.or(refused.and(not(ofOtherSource())));
    }
    List<Column> columns = new ArrayList<>(identity(target, source.contract()));
    columns.addAll(place());
    columns.add(pairedBefore().as(FoldColumns.PAIRED_BEFORE));
    columns.add(kind().as(FoldColumns.KIND));
    columns.add(row().as(FoldColumns.ROW));
    columns.add(isRow().as(FoldColumns.IS_ROW));
    columns.add(leftOut().as(FoldColumns.LEFT_OUT));
    columns.add(movedFrom().as(FoldColumns.MOVED_FROM));
    return source.landed().where(says).select(columns.toArray(Column[]::new));
  }

  /**
   * The truncates, each once for every key of the source.
   *
   * @param keys the source's keys, stored ones and those of the batch
   * @param like a dataset of the columns that changes have
   */
  Dataset<Row> truncates(Dataset<Row> keys, Dataset<Row> like) {
    Dataset<Row> truncates =
        source
            .landed()
            .where(col(ChangeLogColumns.STATUS).equalTo(RecordStatus.TRUNCATE.code()))
            .select(place().toArray(Column[]::new))
            .withColumn(FoldColumns.PAIRED_BEFORE, lit(false))
            .withColumn(FoldColumns.KIND, lit(ChangeKind.TRUNCATE.code()));
    for (String name :
        List.of(
            FoldColumns.ROW, FoldColumns.IS_ROW, FoldColumns.LEFT_OUT, FoldColumns.MOVED_FROM)) {
      truncates = truncates.withColumn(name, lit(null).cast(like.schema().apply(name).dataType()));
    }
    return keys.crossJoin(truncates);
  }

  static List<Column> identity(TableContract target, TableContract source) {
    return identity(target, source, ChangeLogColumns.ROW_KEY);
  }

  private static List<Column> identity(TableContract target, TableContract source, String key) {
    if (target.feeds().isEmpty()) {
      return target.key().stream().map(name -> col(key + "." + name).as(name)).toList();
    }
    return List.of(
        lit(source.table()).as(StateColumns.SOURCE),
        ExactJson.of(col(key)).as(StateColumns.SOURCE_KEY));
  }

  /** A landing of an earlier version of the job does not say from which key a row came. */
  private Column movedFrom() {
    boolean said = List.of(source.landed().columns()).contains(ChangeLogColumns.OLD_KEY);
    String key = said ? ChangeLogColumns.OLD_KEY : ChangeLogColumns.ROW_KEY;
    Column identity = struct(identity(target, source.contract(), key).toArray(Column[]::new));
    return when(said ? col(key).isNotNull() : lit(false), identity);
  }

  private List<Column> place() {
    return List.of(
        col(ChangeLogColumns.TOPIC).as(StateColumns.TOPIC),
        col(ChangeLogColumns.PARTITION).as(StateColumns.PARTITION),
        col(ChangeLogColumns.OFFSET).as(StateColumns.OFFSET),
        col(ChangeLogColumns.LSN).as(FoldColumns.LSN),
        col(ChangeLogColumns.SOURCE_TS_MS).as(FoldColumns.TS_MS),
        source.epochs().ofRecord().as(FoldColumns.EPOCH),
        lit(source.again()).as(FoldColumns.AGAIN));
  }

  private static Column kind() {
    Column status = col(ChangeLogColumns.STATUS);
    Column op = col(ChangeLogColumns.OP);
    return when(status.equalTo(RecordStatus.TOMBSTONE.code()), ChangeKind.TOMBSTONE.code())
        .when(ofOtherSource(), ChangeKind.OTHER_DELETE.code())
        .when(status.equalTo(RecordStatus.QUARANTINED.code()), ChangeKind.UNREADABLE.code())
        .when(op.equalTo(Operation.DELETE.code()), ChangeKind.DELETE.code())
        .when(op.equalTo(Operation.READ.code()), ChangeKind.READ.code())
        // Without an operation it may be the insert of a changed key, for which what the row had
        // before is another row's.
        .when(op.isNull().or(op.equalTo(Operation.CREATE.code())), ChangeKind.INSERT.code())
        .otherwise(ChangeKind.UPDATE.code());
  }

  /** Whether a record is of another source's table: it says nothing of this one's rows. */
  private static Column ofOtherSource() {
    return coalesce(
        col(ChangeLogColumns.REASON).startsWith(QuarantineReason.OTHER_SOURCE.code()), lit(false));
  }

  private Column pairedBefore() {
    Column paired = lit(false);
    for (Map.Entry<Integer, Long> start : source.pairedStarts().entrySet()) {
      paired =
          paired.or(
              col(ChangeLogColumns.PARTITION)
                  .equalTo(start.getKey())
                  .and(col(ChangeLogColumns.OFFSET).equalTo(start.getValue())));
    }
    return paired;
  }

  private Column row() {
    List<Column> values = new ArrayList<>();
    for (StructField field : SparkTypes.struct(target.storedColumns()).fields()) {
      values.add(value(field.name()).cast(field.dataType()).as(field.name()));
    }
    return when(col(ChangeLogColumns.AFTER).isNotNull(), struct(values.toArray(Column[]::new)));
  }

  /** Whether the feed's conditions hold; null if one asks for a value that was left out. */
  private Column isRow() {
    Column holds = col(ChangeLogColumns.AFTER).isNotNull();
    if (feed.isEmpty() || feed.get().when().isEmpty()) {
      return holds;
    }
    List<Column> asked = new ArrayList<>();
    for (Feed.Condition condition : feed.get().when()) {
      holds = holds.and(test(condition));
      asked.add(lit(condition.column()));
    }
    Column open =
        size(array_intersect(
                col(ChangeLogColumns.UNAVAILABLE), array(asked.toArray(Column[]::new))))
            .gt(0);
    return when(not(coalesce(open, lit(false))), holds);
  }

  private Column leftOut() {
    Column unavailable = col(ChangeLogColumns.UNAVAILABLE);
    if (feed.isEmpty()) {
      Column stored =
          array(target.storedColumns().stream().map(c -> lit(c.name())).toArray(Column[]::new));
      return when(unavailable.isNotNull(), array_intersect(unavailable, stored));
    }
    Column names = array().cast("array<string>");
    for (Map.Entry<String, Feed.Value> entry : feed.get().columns().entrySet()) {
      if (entry.getValue() instanceof Feed.FromColumn from) {
        names =
            concat(
                names,
                when(array_contains(unavailable, from.column()), array(lit(entry.getKey())))
                    .otherwise(array().cast("array<string>")));
      }
    }
    return when(unavailable.isNotNull(), names);
  }

  private static Column test(Feed.Condition condition) {
    Column column = after(condition.column());
    return switch (condition.test()) {
      case IS_TRUE -> column.eqNullSafe(true);
      case IS_FALSE -> column.eqNullSafe(false);
      case IS_NULL -> column.isNull();
      case IS_NOT_NULL -> column.isNotNull();
    };
  }

  private Column value(String name) {
    if (feed.isEmpty()) {
      return after(name);
    }
    Feed.Value value = feed.get().columns().get(name);
    if (value instanceof Feed.FromColumn from) {
      return after(from.column());
    }
    if (value instanceof Feed.BooleanConstant constant) {
      return lit(constant.value());
    }
    return lit(null);
  }

  private static Column after(String name) {
    return col(ChangeLogColumns.AFTER + "." + name);
  }
}
