package dev.changelake.compact.fold;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import dev.changelake.compact.changelog.ChangeLogColumns;
import dev.changelake.compact.changelog.ExactJson;
import dev.changelake.compact.changelog.SparkTypes;
import dev.changelake.compact.changelog.StateColumns;
import dev.changelake.contract.Feed;
import dev.changelake.contract.TableContract;
import dev.changelake.envelope.Operation;
import dev.changelake.envelope.RecordStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;

/** The applicable records of one source, each with the row that it is in the target. */
final class SourceChanges {
  private SourceChanges() {}

  /**
   * Projects what was landed.
   *
   * @param pairedStarts partitions whose first record of this batch is the tombstone of a delete
   *     that ends the batch before, with that record's offset
   */
  static Dataset<Row> of(
      TableContract target,
      TableContract source,
      Dataset<Row> landed,
      Map<Integer, Long> pairedStarts) {
    List<Column> columns = new ArrayList<>(identity(target, source));
    columns.add(col(ChangeLogColumns.TOPIC).as(StateColumns.TOPIC));
    columns.add(col(ChangeLogColumns.PARTITION).as(StateColumns.PARTITION));
    columns.add(col(ChangeLogColumns.OFFSET).as(StateColumns.OFFSET));
    columns.add(col(ChangeLogColumns.OP).as(FoldColumns.OP));
    columns.add(col(ChangeLogColumns.STATUS).as(FoldColumns.STATUS));
    columns.add(col(ChangeLogColumns.LSN).as(FoldColumns.LSN));
    columns.add(pairedBefore(pairedStarts).as(FoldColumns.PAIRED_BEFORE));
    columns.add(row(target, source).as(FoldColumns.ROW));
    return landed
        .where(
            col(ChangeLogColumns.STATUS)
                .isin(RecordStatus.CHANGE.code(), RecordStatus.TOMBSTONE.code()))
        .select(columns.toArray(Column[]::new));
  }

  private static List<Column> identity(TableContract target, TableContract source) {
    if (target.feeds().isEmpty()) {
      return target.key().stream()
          .map(name -> col(ChangeLogColumns.ROW_KEY + "." + name).as(name))
          .toList();
    }
    return List.of(
        lit(source.table()).as(StateColumns.SOURCE),
        ExactJson.of(col(ChangeLogColumns.ROW_KEY)).as(StateColumns.SOURCE_KEY));
  }

  private static Column pairedBefore(Map<Integer, Long> pairedStarts) {
    Column paired = lit(false);
    for (Map.Entry<Integer, Long> start : pairedStarts.entrySet()) {
      paired =
          paired.or(
              col(ChangeLogColumns.PARTITION)
                  .equalTo(start.getKey())
                  .and(col(ChangeLogColumns.OFFSET).equalTo(start.getValue())));
    }
    return paired;
  }

  private static Column row(TableContract target, TableContract source) {
    Column holds =
        col(ChangeLogColumns.STATUS)
            .equalTo(RecordStatus.CHANGE.code())
            .and(col(ChangeLogColumns.OP).notEqual(Operation.DELETE.code()));
    if (target.equals(source)) {
      return when(
          holds,
          struct(
              target.storedColumns().stream()
                  .map(column -> after(column.name()).as(column.name()))
                  .toArray(Column[]::new)));
    }
    Feed feed =
        target.feeds().stream()
            .filter(candidate -> candidate.from().equals(source.table()))
            .findFirst()
            .orElseThrow();
    for (Feed.Condition condition : feed.when()) {
      holds = holds.and(test(condition));
    }
    List<Column> values = new ArrayList<>();
    for (StructField field : SparkTypes.struct(target.storedColumns()).fields()) {
      values.add(value(feed.columns().get(field.name())).cast(field.dataType()).as(field.name()));
    }
    return when(holds, struct(values.toArray(Column[]::new)));
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

  private static Column value(Feed.Value value) {
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
