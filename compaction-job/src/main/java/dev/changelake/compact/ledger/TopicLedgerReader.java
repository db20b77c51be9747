package dev.changelake.compact.ledger;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.split;

import dev.changelake.compact.changelog.ChangeLogColumns;
import dev.changelake.compact.ledger.TopicLedger.PartitionLedger;
import dev.changelake.compact.plan.OffsetRange;
import dev.changelake.compact.plan.PartitionPlan;
import dev.changelake.compact.plan.TopicPlan;
import dev.changelake.envelope.RecordStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/** Reads a topic's ledger back from the committed change log. */
public final class TopicLedgerReader {
  private static final int HOLES_LISTED = 100;

  private TopicLedgerReader() {}

  /**
   * Counts what the log holds.
   *
   * @param landed the rows of this plan in the topic's change log
   */
  public static TopicLedger read(TopicPlan topic, Dataset<Row> landed) {
    Map<Integer, Row> counts = new HashMap<>();
    for (Row row :
        landed
            .groupBy(ChangeLogColumns.PARTITION)
            .agg(
                count(lit(1)).as("rows"),
                count_distinct(col(ChangeLogColumns.OFFSET)).as("offsets"))
            .collectAsList()) {
      counts.put(row.getInt(0), row);
    }
    Map<String, Long> statuses = new HashMap<>();
    Map<String, Long> reasons = new HashMap<>();
    Map<Integer, Long> tombstoneAt = new HashMap<>();
    for (Row row : statusCounts(landed)) {
      statuses.merge(row.getString(1), row.getLong(3), Long::sum);
      if (!row.isNullAt(2)) {
        reasons.merge(row.getString(2), row.getLong(3), Long::sum);
      }
      if (row.getString(1).equals(RecordStatus.TOMBSTONE.code())) {
        tombstoneAt.put(row.getInt(0), row.getLong(4));
      }
    }
    List<PartitionLedger> partitions = new ArrayList<>();
    for (PartitionPlan planned : topic.partitions()) {
      OffsetRange range = planned.range();
      Row row = counts.get(range.partition());
      long rows = row == null ? 0 : row.getLong(1);
      long offsets = row == null ? 0 : row.getLong(2);
      partitions.add(
          new PartitionLedger(
              range,
              rows,
              offsets,
              offsets == range.length() ? List.of() : holes(range, landed),
              tombstoneAt.getOrDefault(range.partition(), -1L) == range.start()));
    }
    return new TopicLedger(
        topic.table(), topic.topic(), partitions, statuses, reasons, topic.lost());
  }

  /** The ledger of a batch that takes nothing from the topic. */
  public static TopicLedger empty(TopicPlan topic) {
    return new TopicLedger(
        topic.table(),
        topic.topic(),
        topic.partitions().stream()
            .map(planned -> new PartitionLedger(planned.range(), 0, 0, List.of(), false))
            .toList(),
        Map.of(),
        Map.of(),
        topic.lost());
  }

  private static List<Row> statusCounts(Dataset<Row> landed) {
    return landed
        .groupBy(
            col(ChangeLogColumns.PARTITION),
            col(ChangeLogColumns.STATUS),
            split(col(ChangeLogColumns.REASON), ":", 2).getItem(0).as("reason_code"))
        .agg(count(lit(1)).as("records"), min(col(ChangeLogColumns.OFFSET)).as("first"))
        .collectAsList();
  }

  private static List<OffsetRange> holes(OffsetRange range, Dataset<Row> landed) {
    List<OffsetRange> holes = new ArrayList<>();
    String before = "before_offset";
    Dataset<Row> offsets =
        landed
            .where(col(ChangeLogColumns.PARTITION).equalTo(range.partition()))
            .select(ChangeLogColumns.OFFSET)
            .distinct();
    Dataset<Row> gaps =
        offsets
            .withColumn(
                before,
                lag(ChangeLogColumns.OFFSET, 1, range.start() - 1)
                    .over(Window.orderBy(ChangeLogColumns.OFFSET)))
            .where(col(ChangeLogColumns.OFFSET).gt(col(before).plus(1)))
            .orderBy(ChangeLogColumns.OFFSET)
            .limit(HOLES_LISTED);
    for (Row row : gaps.collectAsList()) {
      holes.add(new OffsetRange(range.partition(), row.getLong(1) + 1, row.getLong(0)));
    }
    Row last = offsets.agg(max(ChangeLogColumns.OFFSET)).first();
    long end = last.isNullAt(0) ? range.start() : last.getLong(0) + 1;
    if (end < range.end()) {
      holes.add(new OffsetRange(range.partition(), end, range.end()));
    }
    return holes;
  }
}
