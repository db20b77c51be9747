package dev.changelake.compact.quarantine;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.split;
import static org.apache.spark.sql.functions.struct;

import dev.changelake.compact.changelog.ChangeLogColumns;
import dev.changelake.compact.changelog.ExactJson;
import dev.changelake.compact.plan.OffsetRange;
import dev.changelake.compact.plan.PlanName;
import dev.changelake.compact.plan.ReplayRange;
import dev.changelake.envelope.QuarantineReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The quarantined records of a change log that no replay has landed again since.
 *
 * <p>Of each plan the last revision counts, and of each record what was landed of it last.
 */
public final class Unapplied {
  private static final String ORIGIN = "origin";
  private static final String LATER = "later";
  private static final String TEXT = "key_text";
  private static final String FROM_N = "from_n";
  private static final String FROM_PARTITION = "from_partition";
  private static final String FROM_OFFSET = "from_offset";

  private final Dataset<Row> rows;

  /**
   * Looks at a change log.
   *
   * @param landed its rows, all or those up to a plan
   */
  public Unapplied(Dataset<Row> landed) {
    // Batches of earlier versions were never replayed.
    Dataset<Row> log =
        List.of(landed.columns()).contains(ChangeLogColumns.REPLAY_OF)
            ? landed
            : landed.withColumn(ChangeLogColumns.REPLAY_OF, lit(null).cast("bigint"));
    Dataset<Row> revisions =
        log.groupBy(ChangeLogColumns.N).agg(max(ChangeLogColumns.R).as(ChangeLogColumns.R));
    this.rows =
        log.join(revisions, scalaSeq(ChangeLogColumns.N, ChangeLogColumns.R), "left_semi")
            .withColumn(ORIGIN, coalesce(col(ChangeLogColumns.REPLAY_OF), col(ChangeLogColumns.N)));
  }

  /** The rows, with the change log's columns; files without any reason are left aside. */
  public Dataset<Row> quarantined() {
    return withOrigin().drop(ORIGIN);
  }

  /**
   * What may not have been applied before a plan, though its key is known: quarantined records that
   * are not of another source's table, and all of some plans; with {@link ChangeLogColumns#N} of
   * the plan that landed them first.
   *
   * @param plans plans that did not apply all their changes
   */
  public Dataset<Row> before(long n, Set<Long> plans) {
    Column ofAnother =
        split(col(ChangeLogColumns.REASON), ":", 2)
            .getItem(0)
            .equalTo(QuarantineReason.OTHER_SOURCE.code());
    return withOrigin()
        .where(not(ofAnother))
        .unionByName(rows.where(col(ChangeLogColumns.N).isInCollection(plans)))
        .where(col(ChangeLogColumns.N).lt(n).and(col(ChangeLogColumns.ROW_KEY).isNotNull()))
        .withColumn(ChangeLogColumns.N, col(ORIGIN))
        .drop(ORIGIN);
  }

  /**
   * What a replay has to land again: quarantined records, and all that came after them of their
   * keys, since what was left out there may have been in them.
   *
   * @param since the first plan that read the topic as it is now
   * @param reason the code of a reason; empty for all
   */
  public List<ReplayRange> toReplay(long since, Optional<String> reason) {
    Dataset<Row> quarantined = withOrigin().where(col(ORIGIN).geq(since));
    if (reason.isPresent()) {
      quarantined =
          quarantined.where(
              split(col(ChangeLogColumns.REASON), ":", 2).getItem(0).equalTo(reason.get()));
    }
    Dataset<Row> chosen = quarantined.localCheckpoint();
    Dataset<Row> starts =
        chosen
            .where(col(ChangeLogColumns.ROW_KEY).isNotNull())
            .select(
                ExactJson.of(col(ChangeLogColumns.ROW_KEY)).as(TEXT),
                col(ORIGIN).as(FROM_N),
                col(ChangeLogColumns.PARTITION).as(FROM_PARTITION),
                col(ChangeLogColumns.OFFSET).as(FROM_OFFSET));
    Column samePartition = col(ChangeLogColumns.PARTITION).equalTo(col(FROM_PARTITION));
    Column after =
        samePartition
            .and(col(ChangeLogColumns.OFFSET).gt(col(FROM_OFFSET)))
            .or(not(samePartition).and(col(ORIGIN).geq(col(FROM_N))));
    Dataset<Row> tails =
        rows.where(col(ORIGIN).geq(since))
            .withColumn(TEXT, ExactJson.of(col(ChangeLogColumns.ROW_KEY)))
            .join(starts, scalaSeq(TEXT))
            .where(after);
    Column[] place = {
      col(ChangeLogColumns.PARTITION),
      col(ChangeLogColumns.OFFSET),
      col(ChangeLogColumns.N),
      col(ChangeLogColumns.R)
    };
    return ranges(
        chosen
            .select(place)
            .union(tails.select(place))
            .groupBy(ChangeLogColumns.PARTITION, ChangeLogColumns.OFFSET)
            .agg(max(struct(ChangeLogColumns.N, ChangeLogColumns.R)).as(LATER))
            .select(
                col(LATER + "." + ChangeLogColumns.N),
                col(LATER + "." + ChangeLogColumns.R),
                col(ChangeLogColumns.PARTITION),
                col(ChangeLogColumns.OFFSET))
            .orderBy(
                ChangeLogColumns.N,
                ChangeLogColumns.R,
                ChangeLogColumns.PARTITION,
                ChangeLogColumns.OFFSET)
            .collectAsList());
  }

  private Dataset<Row> withOrigin() {
    Dataset<Row> later =
        rows.where(col(ChangeLogColumns.REPLAY_OF).isNotNull())
            .select(
                col(ORIGIN),
                col(ChangeLogColumns.PARTITION),
                col(ChangeLogColumns.OFFSET),
                col(ChangeLogColumns.N).as(LATER));
    Dataset<Row> refused = rows.where(col(ChangeLogColumns.REASON).isNotNull());
    Column again =
        refused
            .col(ORIGIN)
            .equalTo(later.col(ORIGIN))
            .and(
                refused
                    .col(ChangeLogColumns.PARTITION)
                    .equalTo(later.col(ChangeLogColumns.PARTITION)))
            .and(refused.col(ChangeLogColumns.OFFSET).equalTo(later.col(ChangeLogColumns.OFFSET)))
            .and(later.col(LATER).gt(refused.col(ChangeLogColumns.N)));
    return refused.join(later, again, "left_anti");
  }

  private static List<ReplayRange> ranges(List<Row> places) {
    List<ReplayRange> ranges = new ArrayList<>();
    for (Row place : places) {
      PlanName plan = new PlanName(place.getLong(0), place.getInt(1));
      int partition = place.getInt(2);
      long offset = place.getLong(3);
      int last = ranges.size() - 1;
      if (last >= 0
          && ranges.get(last).landedBy().equals(plan)
          && ranges.get(last).range().partition() == partition
          && ranges.get(last).range().end() == offset) {
        long start = ranges.get(last).range().start();
        ranges.set(last, new ReplayRange(plan, new OffsetRange(partition, start, offset + 1)));
      } else {
        ranges.add(new ReplayRange(plan, new OffsetRange(partition, offset, offset + 1)));
      }
    }
    return ranges;
  }

  private static scala.collection.immutable.Seq<String> scalaSeq(String... names) {
    return scala.jdk.javaapi.CollectionConverters.asScala(List.of(names)).toSeq();
  }
}
