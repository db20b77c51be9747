package dev.changelake.compact.fold;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.when;

import dev.changelake.compact.changelog.StateColumns;
import dev.changelake.compact.fold.FoldColumns.Outcome;
import dev.changelake.contract.TableContract;
import dev.changelake.contract.TableMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Folds a batch's changes of one table into what the table has to do. */
public final class Folder {
  /**
   * Up to this many changes are kept once read, since reading a log costs more than they do, and
   * their keys are sent to every task.
   */
  private static final long FEW_CHANGES = 200_000;

  private final TableContract target;
  private final List<String> identity;
  private final boolean united;

  public Folder(TableContract target) {
    this.target = target;
    this.identity = StateColumns.identity(target);
    this.united = !target.feeds().isEmpty();
  }

  /**
   * One source's landed records of the batch.
   *
   * @param pairedStarts see {@link SourceChanges#of}
   */
  public record Source(
      TableContract contract, Dataset<Row> landed, Map<Integer, Long> pairedStarts) {}

  /**
   * Folds the batch.
   *
   * @param sources the target's own topic and its feeds, those that have records
   * @param state the target before the batch
   * @param absent the positions without a row before the batch; empty if there are none
   * @param count how many records the sources have
   * @param n the plan's number
   */
  public Fold fold(
      List<Source> sources, Dataset<Row> state, Optional<Dataset<Row>> absent, long count, long n) {
    Dataset<Row> changes =
        sources.stream()
            .map(
                source ->
                    SourceChanges.of(
                        target, source.contract(), source.landed(), source.pairedStarts()))
            .reduce(Dataset::unionByName)
            .orElseThrow();
    boolean few = count <= FEW_CHANGES;
    if (few) {
      changes = changes.localCheckpoint();
    }
    Dataset<Row> positions = StoredPositions.of(target, state, absent, changes, few);
    Dataset<Row> located = changes.join(positions, StoredPositions.scalaSeq(identity), "left");
    Dataset<Row> decided =
        target.mode() == TableMode.APPEND
            ? Outcomes.first(located, identity)
            : Outcomes.newest(located, identity);
    Column wins = col(FoldColumns.OUTCOME).equalTo(Outcome.WINNER.code());
    // Only winners keep their row: the others are counted and forgotten.
    Dataset<Row> outcomes =
        decided.withColumn(FoldColumns.ROW, when(wins, col(FoldColumns.ROW))).localCheckpoint();
    Dataset<Row> winners = outcomes.where(wins);
    Effects effects =
        united ? Effects.ofUnion(target, winners, state, few) : Effects.ofSingleSource(winners);
    Actions actions = new Actions(target, n);
    return new Fold(
        actions.onTable(effects.winners()),
        actions.onAbsent(effects.winners()),
        FoldCounting.of(outcomes, effects),
        effects.conflicting());
  }
}
