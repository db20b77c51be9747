package dev.changelake.compact.fold;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import dev.changelake.compact.changelog.StateColumns;
import dev.changelake.compact.order.ChangeKind;
import dev.changelake.contract.TableContract;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Decides what each winner does to the target.
 *
 * @param winners the winners that change something or could have, with {@link #EFFECT} and {@link
 *     #MOVES}
 * @param conflicts how many winners claim what another source holds
 * @param conflicting some of these, each with its source, key and place in the topic
 */
record Effects(Dataset<Row> winners, long conflicts, List<String> conflicting) {
  private static final int EXAMPLES = 10;

  /** The code of the winner's {@link Effect}. */
  static final String EFFECT = "effect";

  /** Whether the winner's earlier row is another one than it claims now, and goes. */
  static final String MOVES = "moves";

  private static final String EXISTS = "exists";
  private static final String CLAIMED = "claimed";

  /** Where one topic alone changes the table, the record's key is the row's key. */
  static Effects ofSingleSource(Dataset<Row> winners) {
    return new Effects(
        winners
            .withColumn(EFFECT, effect(col(FoldColumns.OWNED).isNotNull(), lit(false)))
            .withColumn(MOVES, lit(false)),
        0,
        List.of());
  }

  /**
   * Where several sources feed the table, a record may claim any key of it.
   *
   * @param few whether the winners' keys are few enough to be sent to every task
   */
  static Effects ofUnion(
      TableContract target, Dataset<Row> winners, Dataset<Row> state, boolean few) {
    List<String> key = target.key();
    Dataset<Row> holders = holders(target, winners, state, few).localCheckpoint();
    Dataset<Row> conflicts = Conflicts.among(winners, holders, key);
    Dataset<Row> active =
        winners.join(
            conflicts, StoredPositions.scalaSeq(StateColumns.identity(target)), "left_anti");
    Column claim = claim(key);
    Dataset<Row> claimed =
        active.where(col(FoldColumns.ROW).isNotNull()).select(claim.as("other_claim")).distinct();
    Dataset<Row> existing =
        holders.select(struct(StoredPositions.columns(key)).as("held")).distinct();
    Column gone = col(FoldColumns.OWNED).isNotNull().and(not(col(CLAIMED)));
    Dataset<Row> decided =
        active
            .join(existing.withColumn(EXISTS, lit(true)), claim.equalTo(col("held")), "left")
            .join(
                claimed.withColumn(CLAIMED, lit(true)),
                col(FoldColumns.OWNED).equalTo(col("other_claim")),
                "left")
            .withColumn(EXISTS, coalesce(col(EXISTS), lit(false)))
            .withColumn(CLAIMED, coalesce(col(CLAIMED), lit(false)))
            .withColumn(EFFECT, effect(col(EXISTS), col(CLAIMED)))
            .withColumn(MOVES, col(FoldColumns.ROW).isNotNull().and(gone))
            .drop(EXISTS, CLAIMED, "held", "other_claim")
            .localCheckpoint();
    long found = conflicts.count();
    return new Effects(
        decided, found, found == 0 ? List.of() : examples(target, winners, conflicts));
  }

  private static List<String> examples(
      TableContract target, Dataset<Row> winners, Dataset<Row> conflicts) {
    return winners
        .join(conflicts, StoredPositions.scalaSeq(StateColumns.identity(target)), "left_semi")
        .orderBy(StateColumns.SOURCE, StateColumns.PARTITION, StateColumns.OFFSET)
        .limit(EXAMPLES)
        .select(
            concat_ws(
                " ",
                col(StateColumns.SOURCE),
                col(StateColumns.SOURCE_KEY),
                concat(
                    lit("at "), col(StateColumns.PARTITION), lit(":"), col(StateColumns.OFFSET))))
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }

  private static Dataset<Row> holders(
      TableContract target, Dataset<Row> winners, Dataset<Row> state, boolean few) {
    List<String> key = target.key();
    Column[] claims =
        key.stream().map(name -> col(FoldColumns.ROW + "." + name).as(name)).toArray(Column[]::new);
    Dataset<Row> claimedKeys =
        winners.where(col(FoldColumns.ROW).isNotNull()).select(claims).distinct();
    return state
        .join(
            few ? broadcast(claimedKeys) : claimedKeys, StoredPositions.scalaSeq(key), "left_semi")
        .select(
            Stream.concat(key.stream(), StateColumns.identity(target).stream())
                .map(name -> col(name))
                .toArray(Column[]::new));
  }

  private static Column claim(List<String> key) {
    return when(
        col(FoldColumns.ROW).isNotNull(),
        struct(
            key.stream()
                .map(name -> col(FoldColumns.ROW + "." + name).as(name))
                .toArray(Column[]::new)));
  }

  /**
   * The effect.
   *
   * @param exists whether the target has a row at the claimed key
   * @param ownedIsClaimed whether the earlier row's key is claimed in this batch
   */
  private static Column effect(Column exists, Column ownedIsClaimed) {
    Column claims = col(FoldColumns.ROW).isNotNull();
    Column owns = col(FoldColumns.OWNED).isNotNull();
    Column deletes =
        not(
            col(FoldColumns.KIND)
                .isin(
                    Arrays.stream(ChangeKind.values())
                        .filter(ChangeKind::leavesRow)
                        .map(ChangeKind::code)
                        .toArray()));
    return when(claims.and(exists), Effect.UPDATE.code())
        .when(claims, Effect.INSERT.code())
        .when(owns.and(ownedIsClaimed), Effect.OVERTAKEN.code())
        .when(owns, Effect.DELETE.code())
        .when(deletes, Effect.WITHOUT_EFFECT.code())
        .otherwise(Effect.FILTERED.code());
  }
}
