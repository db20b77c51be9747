package dev.changelake.compact.fold;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import dev.changelake.compact.fold.FoldColumns.Outcome;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Counts a fold, each number on its own. */
final class FoldCounting {
  private FoldCounting() {}

  static FoldCounts of(Dataset<Row> outcomes, Effects effects) {
    Map<String, Long> outcome = new HashMap<>();
    for (Row row : outcomes.groupBy(FoldColumns.OUTCOME).agg(count(lit(1))).collectAsList()) {
      outcome.put(row.getString(0), row.getLong(1));
    }
    Map<String, Long> effect = new HashMap<>();
    long moved = 0;
    long absent = 0;
    for (Row row :
        effects
            .winners()
            .groupBy(Effects.EFFECT)
            .agg(count(lit(1)), sum(one(col(Effects.MOVES))), sum(one(Actions.changesAbsent())))
            .collectAsList()) {
      effect.put(row.getString(0), row.getLong(1));
      moved += row.getLong(2);
      absent += row.getLong(3);
    }
    long inserts = number(effect, Effect.INSERT);
    long updates = number(effect, Effect.UPDATE);
    long deletes = number(effect, Effect.DELETE);
    long overtaken = number(effect, Effect.OVERTAKEN);
    long withoutEffect = number(effect, Effect.WITHOUT_EFFECT);
    return new FoldCounts(
        inserts + updates + deletes + overtaken + withoutEffect,
        outcome.getOrDefault(Outcome.SUPERSEDED.code(), 0L),
        outcome.getOrDefault(Outcome.REPLAY.code(), 0L),
        outcome.getOrDefault(Outcome.TOMBSTONE.code(), 0L),
        number(effect, Effect.FILTERED),
        effects.conflicts(),
        moved,
        overtaken,
        withoutEffect,
        inserts,
        updates,
        deletes + moved,
        absent);
  }

  private static long number(Map<String, Long> counts, Effect effect) {
    return counts.getOrDefault(effect.code(), 0L);
  }

  private static Column one(Column condition) {
    return when(condition, 1L).otherwise(0L);
  }
}
