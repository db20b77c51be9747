package dev.changelake.compact.land;

import static org.apache.spark.sql.functions.col;

import dev.changelake.compact.changelog.ChangeLogColumns;
import dev.changelake.compact.changelog.ExactJson;
import dev.changelake.compact.delta.LakeTable;
import dev.changelake.compact.ledger.TopicLedger.PartitionLedger;
import dev.changelake.compact.plan.PlanName;
import dev.changelake.envelope.Operation;
import dev.changelake.envelope.QuarantineReason;
import dev.changelake.envelope.RecordStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Finds tombstones that a cut tore from their deletes: the delete ends the batch before. */
public final class PairedTombstones {
  private PairedTombstones() {}

  /** The partitions whose first record is such a tombstone, with its offset. */
  public static Map<Integer, Long> find(LakeTable log, Landing landing, PlanName plan) {
    Map<Integer, Long> paired = new HashMap<>();
    for (PartitionLedger partition : landing.ledger().partitions()) {
      long start = partition.range().start();
      if (partition.startsWithTombstone() && start > 0) {
        Dataset<Row> records =
            log.read(landing.version())
                .where(col(ChangeLogColumns.PARTITION).equalTo(partition.range().partition()));
        Column thisBatch = col(ChangeLogColumns.N).equalTo(plan.n());
        String tombstone =
            keyIf(
                RecordStatus.TOMBSTONE,
                records.where(
                    thisBatch
                        .and(col(ChangeLogColumns.R).equalTo(plan.revision()))
                        .and(col(ChangeLogColumns.OFFSET).equalTo(start))));
        String delete =
            keyIf(
                RecordStatus.CHANGE,
                records.where(
                    col(ChangeLogColumns.N)
                        .lt(plan.n())
                        .and(col(ChangeLogColumns.OFFSET).equalTo(start - 1))));
        if (tombstone != null && tombstone.equals(delete)) {
          paired.put(partition.range().partition(), start);
        }
      }
    }
    return paired;
  }

  /** The key of the newest of these records, if it is a tombstone, or else a delete, as asked. */
  private static String keyIf(RecordStatus status, Dataset<Row> records) {
    List<Row> newest =
        records
            .orderBy(col(ChangeLogColumns.N).desc(), col(ChangeLogColumns.R).desc())
            .select(
                col(ChangeLogColumns.STATUS),
                col(ChangeLogColumns.OP),
                ExactJson.of(col(ChangeLogColumns.ROW_KEY)),
                col(ChangeLogColumns.REASON))
            .limit(1)
            .collectAsList();
    if (newest.isEmpty()) {
      return null;
    }
    String found = newest.get(0).getString(0);
    // Another source's delete has its tombstone too, which says nothing of this one's row.
    boolean ofOther =
        status == RecordStatus.CHANGE
            && found.equals(RecordStatus.QUARANTINED.code())
            && newest.get(0).getString(3).startsWith(QuarantineReason.OTHER_SOURCE.code());
    if (!found.equals(status.code()) && !ofOther) {
      return null;
    }
    boolean wanted =
        status == RecordStatus.TOMBSTONE
            || Operation.DELETE.code().equals(newest.get(0).getString(1));
    return wanted ? newest.get(0).getString(2) : null;
  }
}
