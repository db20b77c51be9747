package dev.changelake.compact.fold;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import dev.changelake.compact.changelog.StateColumns;
import dev.changelake.compact.order.ChangeKind;
import dev.changelake.compact.order.Place;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Counts a fold, each number on its own. */
final class FoldCounting {
  private static final List<String> SUMMED =
      List.of(
          FoldColumns.SUPERSEDED,
          FoldColumns.REPLAYS,
          FoldColumns.TOMBSTONES,
          FoldColumns.UNRESOLVED,
          FoldColumns.UNDECIDED,
          FoldColumns.FELL_BACK);

  private FoldCounting() {}

  /**
   * The counts.
   *
   * @param outcomes a row a key, as the rule made it
   * @param effects what the winners do
   */
  static FoldCounts of(Dataset<Row> outcomes, Effects effects) {
    Column[] sums =
        SUMMED.stream().map(name -> coalesce(sum(name), lit(0L)).as(name)).toArray(Column[]::new);
    Row outcome = outcomes.agg(sums[0], Arrays.copyOfRange(sums, 1, sums.length)).first();
    Map<String, Long> effect = new HashMap<>();
    long moved = 0;
    long absent = 0;
    long truncated = 0;
    long unavailableCells = 0;
    for (Row row :
        effects
            .winners()
            .groupBy(Effects.EFFECT)
            .agg(
                count(lit(1)),
                sum(one(col(Effects.MOVES))),
                sum(one(Actions.changesAbsent())),
                sum(one(col(FoldColumns.KIND).equalTo(ChangeKind.TRUNCATE.code()))),
                sum(coalesce(size(col(StateColumns.UNAVAILABLE)).cast("bigint"), lit(0L))))
            .collectAsList()) {
      effect.put(row.getString(0), row.getLong(1));
      moved += row.getLong(2);
      absent += row.getLong(3);
      truncated += row.getLong(4);
      unavailableCells += row.getLong(5);
    }
    long inserts = number(effect, Effect.INSERT);
    long updates = number(effect, Effect.UPDATE);
    long deletes = number(effect, Effect.DELETE);
    long overtaken = number(effect, Effect.OVERTAKEN);
    long withoutEffect = number(effect, Effect.WITHOUT_EFFECT);
    return new FoldCounts(
        inserts + updates + deletes + overtaken + withoutEffect - truncated,
        outcome.getAs(FoldColumns.SUPERSEDED),
        outcome.getAs(FoldColumns.REPLAYS),
        outcome.getAs(FoldColumns.TOMBSTONES),
        number(effect, Effect.FILTERED),
        effects.conflicts(),
        outcome.getAs(FoldColumns.UNRESOLVED),
        outcome.getAs(FoldColumns.UNDECIDED),
        outcome.getAs(FoldColumns.FELL_BACK),
        moved,
        overtaken,
        truncated,
        withoutEffect,
        inserts,
        updates,
        deletes + moved,
        absent,
        unavailableCells);
  }

  /**
   * In each partition the first record that stops the batch.
   *
   * @param count the column that counts such records in each outcome
   * @param found how many there are
   */
  static List<Place> stops(Dataset<Row> outcomes, String count, long found) {
    if (found == 0) {
      return List.of();
    }
    Column topic = col(FoldColumns.STOPPED_AT + "." + StateColumns.TOPIC);
    Column partition = col(FoldColumns.STOPPED_AT + "." + StateColumns.PARTITION);
    Column offset = col(FoldColumns.STOPPED_AT + "." + StateColumns.OFFSET);
    return outcomes
        .where(col(count).gt(0).and(topic.isNotNull()))
        .groupBy(topic, partition)
        .agg(min(offset))
        .orderBy(StateColumns.TOPIC, StateColumns.PARTITION)
        .collectAsList()
        .stream()
        .map(row -> new Place(row.getString(0), row.getInt(1), row.getLong(2)))
        .toList();
  }

  private static long number(Map<String, Long> counts, Effect effect) {
    return counts.getOrDefault(effect.code(), 0L);
  }

  private static Column one(Column condition) {
    return when(condition, 1L).otherwise(0L);
  }
}
