package dev.changelake.compact.fold;

import static org.apache.spark.sql.functions.col;

import dev.changelake.compact.changelog.StateColumns;
import dev.changelake.contract.TableContract;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
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
  private final Set<String> topicsOfReplays;
  private final List<String> identity;
  private final boolean united;

  /**
   * A folder of a table's changes.
   *
   * @param topicsOfReplays topics of which an operator said that positions which fall back are old
   */
  public Folder(TableContract target, Set<String> topicsOfReplays) {
    this.target = target;
    this.topicsOfReplays = topicsOfReplays;
    this.identity = StateColumns.identity(target);
    this.united = !target.feeds().isEmpty();
  }

  /**
   * One source's landed records of the batch.
   *
   * @param pairedStarts partitions whose first record of this batch is the tombstone of a delete
   *     that ends the batch before, with that record's offset
   * @param partitions how many partitions the topic has
   * @param epochs where the source's positions began anew
   * @param since the first plan that read the topic as it is now
   * @param again whether the records were landed before and stand anywhere in the topic
   * @param leavesOut whether any record leaves values out
   * @param truncates whether any record is a truncate
   * @param unreadableBefore the records of earlier batches that were not applied though their key
   *     is known; asked for if values are left out
   * @param earlier the batches before; asked for if a key changed across two of them
   */
  public record Source(
      TableContract contract,
      Dataset<Row> landed,
      Map<Integer, Long> pairedStarts,
      int partitions,
      Epochs epochs,
      long since,
      boolean again,
      boolean leavesOut,
      boolean truncates,
      Supplier<Dataset<Row>> unreadableBefore,
      EarlierBatches earlier) {
    /** The same with what came before it. */
    public Source after(EarlierBatches batches) {
      return new Source(
          contract,
          landed,
          pairedStarts,
          partitions,
          epochs,
          since,
          again,
          leavesOut,
          truncates,
          unreadableBefore,
          batches);
    }
  }

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
            .map(source -> changes(source, state))
            .reduce(Dataset::unionByName)
            .orElseThrow();
    boolean few = count <= FEW_CHANGES && sources.stream().noneMatch(Source::truncates);
    if (few) {
      changes = changes.localCheckpoint();
    }
    KeyGroups groups =
        new KeyGroups(identity, sources.stream().anyMatch(source -> source.partitions() > 1));
    KeyColumns columns = new KeyColumns(target, topicsOfReplays);
    if (sources.stream().anyMatch(Source::leavesOut)) {
      changes =
          new KeyMoves(target, sources, groups, columns).resolved(changes, state, absent, few);
    }
    Dataset<Row> positions = new StoredPositions(target, sources).of(state, absent, changes, few);
    Dataset<Row> located = changes.join(positions, StoredPositions.scalaSeq(identity), "left");
    Dataset<Row> outcomes =
        groups
            .map(located, new KeyFold(columns), KeyColumns.resultSchema(target))
            .localCheckpoint();
    Dataset<Row> winners = outcomes.where(col(FoldColumns.KIND).isNotNull());
    Effects effects =
        united ? Effects.ofUnion(target, winners, state, few) : Effects.ofSingleSource(winners);
    Actions actions = new Actions(target, n);
    FoldCounts counts = FoldCounting.of(outcomes, effects);
    return new Fold(
        actions.onTable(effects.winners()),
        actions.onAbsent(effects.winners()),
        counts,
        effects.conflicting(),
        FoldCounting.stops(outcomes, FoldColumns.FELL_BACK, counts.fellBack()),
        FoldCounting.stops(outcomes, FoldColumns.UNDECIDED, counts.undecided()));
  }

  private Dataset<Row> changes(Source source, Dataset<Row> state) {
    SourceChanges changes = new SourceChanges(target, source);
    Dataset<Row> ofKeys = changes.ofKeys();
    if (!source.truncates()) {
      return ofKeys;
    }
    Dataset<Row> stored =
        united ? state.where(col(StateColumns.SOURCE).equalTo(source.contract().table())) : state;
    Column[] key = StoredPositions.columns(identity);
    return ofKeys.unionByName(
        changes.truncates(stored.select(key).union(ofKeys.select(key)).distinct(), ofKeys));
  }
}
