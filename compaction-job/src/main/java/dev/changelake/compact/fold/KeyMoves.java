package dev.changelake.compact.fold;

import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.array_intersect;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import dev.changelake.compact.changelog.ChangeLogColumns;
import dev.changelake.compact.order.ChangeKind;
import dev.changelake.contract.TableContract;
import dev.changelake.envelope.Operation;
import dev.changelake.envelope.RecordStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;

/**
 * Fills what the insert of a changed key leaves out with what the row had under its old key.
 *
 * <p>Both halves of such a change have one log position: the row is the one that the old key had
 * before its delete at that position, in this batch or in an earlier one. A row that moved several
 * times is followed key by key, a round for each.
 */
final class KeyMoves {
  private static final String FROM = "from_";

  private final TableContract target;
  private final List<Folder.Source> sources;
  private final KeyGroups groups;
  private final KeyColumns columns;

  KeyMoves(
      TableContract target, List<Folder.Source> sources, KeyGroups groups, KeyColumns columns) {
    this.target = target;
    this.sources = sources;
    this.groups = groups;
    this.columns = columns;
  }

  /**
   * The changes, in which the inserts of changed keys have the values that are known.
   *
   * @param few whether the keys are few enough to be sent to every task
   */
  Dataset<Row> resolved(
      Dataset<Row> changes, Dataset<Row> state, Optional<Dataset<Row>> absent, boolean few) {
    if (cells(changes) == 0) {
      return changes;
    }
    Dataset<Row> current = inRounds(changes, state, absent, few);
    for (Folder.Source source : sources) {
      current = acrossBatches(current, source);
    }
    return inRounds(current, state, absent, few);
  }

  private Dataset<Row> inRounds(
      Dataset<Row> changes, Dataset<Row> state, Optional<Dataset<Row>> absent, boolean few) {
    Dataset<Row> current = changes;
    long before = Long.MAX_VALUE;
    long open = cells(current);
    while (open > 0 && open < before) {
      Dataset<Row> rows = rowsBefore(current, oldKeys(current), state, absent, few);
      current = filled(current, rows).localCheckpoint();
      before = open;
      open = cells(current);
    }
    return current;
  }

  /** The delete may have come in an earlier batch than the insert. */
  private Dataset<Row> acrossBatches(Dataset<Row> changes, Folder.Source source) {
    if (cells(changes) == 0) {
      return changes;
    }
    Dataset<Row> current = changes;
    for (Row plan : plansOfDeletes(changes, source)) {
      Optional<EarlierBatches.Past> past = source.earlier().of(plan.getLong(0), plan.getInt(1));
      if (past.isPresent()) {
        current = filled(current, rowsBefore(current, past.get())).localCheckpoint();
      }
    }
    return current;
  }

  /**
   * The number and revision of each plan that landed a delete of an old key at the position of its
   * row's insert.
   */
  private List<Row> plansOfDeletes(Dataset<Row> changes, Folder.Source source) {
    Dataset<Row> wanted =
        changes
            .where(isOpen())
            .select(oldIdentity(col(FoldColumns.LSN)).toArray(Column[]::new))
            .distinct();
    List<Column> columns = new ArrayList<>(SourceChanges.identity(target, source.contract()));
    columns.add(col(ChangeLogColumns.LSN).as(FoldColumns.LSN));
    columns.add(col(ChangeLogColumns.N));
    columns.add(col(ChangeLogColumns.R));
    List<String> same = new ArrayList<>(groups.identity());
    same.add(FoldColumns.LSN);
    return source
        .earlier()
        .landed()
        .where(
            col(ChangeLogColumns.STATUS)
                .equalTo(RecordStatus.CHANGE.code())
                .and(col(ChangeLogColumns.OP).equalTo(Operation.DELETE.code())))
        .select(columns.toArray(Column[]::new))
        .join(wanted, StoredPositions.scalaSeq(same), "left_semi")
        .select(ChangeLogColumns.N, ChangeLogColumns.R)
        .distinct()
        .orderBy(ChangeLogColumns.N, ChangeLogColumns.R)
        .collectAsList();
  }

  /** The rows of the old keys of these changes, as an earlier batch knew them. */
  private Dataset<Row> rowsBefore(Dataset<Row> changes, EarlierBatches.Past past) {
    KeyMoves earlier = new KeyMoves(target, List.of(past.source()), groups, columns);
    Dataset<Row> landed = new SourceChanges(target, past.source()).ofKeys();
    return earlier.rowsBefore(
        earlier.inRounds(landed, past.state(), past.absent(), false),
        oldKeys(changes),
        past.state(),
        past.absent(),
        false);
  }

  private static Column isOpen() {
    return col(FoldColumns.KIND)
        .equalTo(ChangeKind.INSERT.code())
        .and(col(FoldColumns.MOVED_FROM).isNotNull())
        // Whether a feed's record is a row at all does not follow from cells of the target.
        .and(col(FoldColumns.IS_ROW).isNotNull())
        .and(coalesce(size(col(FoldColumns.LEFT_OUT)).gt(0), lit(false)));
  }

  /** How many cells are open. */
  private static long cells(Dataset<Row> changes) {
    return changes
        .where(isOpen())
        .agg(coalesce(sum(size(col(FoldColumns.LEFT_OUT))), lit(0L)))
        .first()
        .getLong(0);
  }

  private List<Column> oldIdentity(Column... further) {
    List<Column> columns = new ArrayList<>();
    groups
        .identity()
        .forEach(name -> columns.add(col(FoldColumns.MOVED_FROM + "." + name).as(name)));
    columns.addAll(List.of(further));
    return columns;
  }

  /** The old keys of the rows whose inserts are open. */
  private Dataset<Row> oldKeys(Dataset<Row> changes) {
    return changes.where(isOpen()).select(oldIdentity().toArray(Column[]::new)).distinct();
  }

  private Dataset<Row> rowsBefore(
      Dataset<Row> changes,
      Dataset<Row> keys,
      Dataset<Row> state,
      Optional<Dataset<Row>> absent,
      boolean few) {
    Dataset<Row> records =
        changes.join(
            few ? broadcast(keys) : keys, StoredPositions.scalaSeq(groups.identity()), "left_semi");
    Dataset<Row> positions = new StoredPositions(target, sources).of(state, absent, records, few);
    Dataset<Row> located =
        records.join(positions, StoredPositions.scalaSeq(groups.identity()), "left");
    return groups.map(located, new RowsBefore(columns), RowsBefore.schema(target));
  }

  private Dataset<Row> filled(Dataset<Row> changes, Dataset<Row> rowsBefore) {
    Dataset<Row> from = rowsBefore;
    for (String name : rowsBefore.columns()) {
      from = from.withColumnRenamed(name, FROM + name);
    }
    Column same =
        isOpen()
            .and(col(FoldColumns.LSN).equalTo(col(FROM + FoldColumns.LSN)))
            .and(col(FoldColumns.EPOCH).equalTo(col(FROM + FoldColumns.EPOCH)));
    for (String name : groups.identity()) {
      same = same.and(col(FoldColumns.MOVED_FROM + "." + name).equalTo(col(FROM + name)));
    }
    List<Column> filled = new ArrayList<>();
    for (String name : changes.columns()) {
      filled.add(
          switch (name) {
            case FoldColumns.ROW -> row().as(name);
            case FoldColumns.LEFT_OUT -> leftOut().as(name);
            default -> col(name);
          });
    }
    return changes.join(from, same, "left").select(filled.toArray(Column[]::new));
  }

  private static Column isFound() {
    return col(FROM + FoldColumns.ROW).isNotNull();
  }

  private static Column leftOut() {
    return when(
            isFound(), array_intersect(col(FoldColumns.LEFT_OUT), col(FROM + FoldColumns.LEFT_OUT)))
        .otherwise(col(FoldColumns.LEFT_OUT));
  }

  private Column row() {
    List<Column> cells = new ArrayList<>();
    for (StructField field : KeyColumns.rowType(target).fields()) {
      String name = field.name();
      Column known =
          array_contains(col(FoldColumns.LEFT_OUT), name)
              .and(not(array_contains(col(FROM + FoldColumns.LEFT_OUT), name)));
      cells.add(
          when(known, col(FROM + FoldColumns.ROW + "." + name))
              .otherwise(col(FoldColumns.ROW + "." + name))
              .as(name));
    }
    return when(isFound(), struct(cells.toArray(Column[]::new))).otherwise(col(FoldColumns.ROW));
  }
}
