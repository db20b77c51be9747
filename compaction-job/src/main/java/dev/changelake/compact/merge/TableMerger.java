package dev.changelake.compact.merge;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;

import dev.changelake.compact.delta.CommitTag;
import dev.changelake.compact.delta.LakeTable;
import dev.changelake.compact.delta.TableCommit;
import dev.changelake.compact.fold.Fold;
import io.delta.tables.DeltaMergeBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/** One MERGE into one table, done once however often it is asked for. */
final class TableMerger {
  private static final String TARGET = "t";
  private static final String SOURCE = "s";

  private final LakeTable table;
  private final List<String> key;
  private final boolean insertsOnly;

  /**
   * A merger.
   *
   * @param key the columns by which rows of the source are rows of the table
   * @param insertsOnly whether no action can meet a row, which lets Delta append
   */
  TableMerger(LakeTable table, List<String> key, boolean insertsOnly) {
    this.table = table;
    this.key = key;
    this.insertsOnly = insertsOnly;
  }

  /**
   * Merges the actions unless a commit of this plan did so.
   *
   * <p>The actions follow from the table as it was at one version, but a MERGE is done on the
   * newest one; so nothing may have changed a row in between.
   *
   * @param since the table's version before the batch
   * @param batch the batch's id, for messages
   * @return the commit that holds them
   */
  TableCommit merge(Dataset<Row> actions, CommitTag tag, long since, String batch) {
    TableCommit ours =
        table
            .commitOnce(tag, since, () -> builder(actions).execute())
            .orElseThrow(() -> MergeErrors.droppedWithoutAWord(table, tag));
    table.commitsSince(since).stream()
        .filter(commit -> commit.version() < ours.version() && !commit.maintenance())
        .reduce((newer, older) -> older)
        .ifPresent(
            commit -> {
              throw MergeErrors.changedMeanwhile(table, commit, ours, batch);
            });
    return ours;
  }

  private DeltaMergeBuilder builder(Dataset<Row> actions) {
    Map<String, String> values = new HashMap<>();
    Arrays.stream(actions.columns())
        .filter(name -> !name.equals(Fold.ACTION))
        .forEach(name -> values.put(quoted(name), column(SOURCE, name)));
    String action = column(SOURCE, Fold.ACTION);
    DeltaMergeBuilder merge =
        table.delta().as(TARGET).merge(actions.as(SOURCE), condition(actions));
    if (insertsOnly) {
      return merge.whenNotMatched().insertExpr(values);
    }
    return merge
        .whenMatched("%s = '%s'".formatted(action, Fold.DELETE))
        .delete()
        .whenMatched()
        .updateExpr(values)
        .whenNotMatched("%s = '%s'".formatted(action, Fold.UPSERT))
        .insertExpr(values);
  }

  /** Equality of the key, and its bounds as literals, by which Delta skips files. */
  private String condition(Dataset<Row> actions) {
    List<String> terms = new ArrayList<>();
    key.forEach(name -> terms.add("%s = %s".formatted(column(TARGET, name), column(SOURCE, name))));
    String first = key.get(0);
    if (actions.schema().apply(first).dataType().equals(DataTypes.LongType)) {
      Row bounds = actions.agg(min(col(first)), max(col(first))).first();
      if (!bounds.isNullAt(0)) {
        terms.add(
            "%s BETWEEN %d AND %d"
                .formatted(column(TARGET, first), bounds.getLong(0), bounds.getLong(1)));
      }
    }
    return String.join(" AND ", terms);
  }

  private static String column(String table, String name) {
    return table + "." + quoted(name);
  }

  private static String quoted(String name) {
    return "`" + name + "`";
  }
}
