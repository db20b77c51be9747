package dev.changelake.compact.ledger;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.split;
import static org.apache.spark.sql.functions.when;

import dev.changelake.compact.changelog.ChangeLogColumns;
import dev.changelake.compact.ledger.TopicLedger.PartitionLedger;
import dev.changelake.compact.plan.OffsetRange;
import dev.changelake.compact.plan.PartitionPlan;
import dev.changelake.compact.plan.ReplayRange;
import dev.changelake.compact.plan.TopicPlan;
import dev.changelake.envelope.RecordStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/** Reads a topic's ledger back from the committed change log. */
public final class TopicLedgerReader {
  private static final int HOLES_LISTED = 1000;
  private static final String LEAVING_OUT = "leaving_out";

  private TopicLedgerReader() {}

  /**
   * Counts what the log holds.
   *
   * @param landed the rows of this plan in the topic's change log
   */
  public static TopicLedger read(TopicPlan topic, Dataset<Row> landed) {
    Map<Integer, Row> counts = new HashMap<>();
    Map<String, Long> statuses = new HashMap<>();
    long leavingOut = 0;
    for (Row row : counts(landed)) {
      counts.put(row.getInt(0), row);
      leavingOut += row.<Long>getAs(LEAVING_OUT);
      for (RecordStatus status : RecordStatus.values()) {
        long records = row.<Long>getAs(status.code());
        if (records > 0) {
          statuses.merge(status.code(), records, Long::sum);
        }
      }
    }
    List<PartitionLedger> partitions = replayed(topic, landed);
    for (PartitionPlan planned : topic.partitions()) {
      OffsetRange range = planned.range();
      if (!topic.replays().isEmpty() && range.isEmpty()) {
        continue;
      }
      Row row = counts.get(range.partition());
      long rows = row == null ? 0 : row.getLong(1);
      long offsets = row == null ? 0 : row.getLong(2);
      boolean startsWithTombstone =
          row != null && !row.isNullAt(3) && row.getLong(3) == range.start();
      partitions.add(
          new PartitionLedger(
              range,
              rows,
              offsets,
              offsets == range.length() ? List.of() : holes(range, landed),
              startsWithTombstone));
    }
    return new TopicLedger(
        topic.table(),
        topic.topic(),
        partitions,
        statuses,
        statuses.containsKey(RecordStatus.QUARANTINED.code())
            ? byCode(landed, split(col(ChangeLogColumns.REASON), ":", 2).getItem(0))
            : Map.of(),
        statuses.containsKey(RecordStatus.CONTROL.code())
            ? byCode(landed, col(ChangeLogColumns.CONTROL))
            : Map.of(),
        leavingOut,
        topic.lost());
  }

  /** What the log holds of each range that a replay lands again. */
  private static List<PartitionLedger> replayed(TopicPlan topic, Dataset<Row> landed) {
    if (topic.replays().isEmpty()) {
      return new ArrayList<>();
    }
    Map<Integer, TreeMap<Long, Long>> rows = new HashMap<>();
    landed
        .groupBy(ChangeLogColumns.PARTITION, ChangeLogColumns.OFFSET)
        .agg(count(lit(1)))
        .collectAsList()
        .forEach(
            row ->
                rows.computeIfAbsent(row.getInt(0), partition -> new TreeMap<>())
                    .put(row.getLong(1), row.getLong(2)));
    List<PartitionLedger> ledgers = new ArrayList<>();
    for (ReplayRange replay : topic.replays()) {
      OffsetRange range = replay.range();
      Map<Long, Long> found =
          rows.getOrDefault(range.partition(), new TreeMap<>()).subMap(range.start(), range.end());
      ledgers.add(
          new PartitionLedger(
              range,
              found.values().stream().mapToLong(Long::longValue).sum(),
              found.size(),
              List.of(),
              false));
    }
    return ledgers;
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
        Map.of(),
        0,
        topic.lost());
  }

  /** A row a partition: rows, distinct offsets, the first tombstone, then counts by their names. */
  private static List<Row> counts(Dataset<Row> landed) {
    Column status = col(ChangeLogColumns.STATUS);
    List<Column> counts = new ArrayList<>();
    counts.add(count_distinct(col(ChangeLogColumns.OFFSET)).as("offsets"));
    counts.add(
        min(when(status.equalTo(RecordStatus.TOMBSTONE.code()), col(ChangeLogColumns.OFFSET)))
            .as("first_tombstone"));
    counts.add(
        count(
                when(
                    status
                        .equalTo(RecordStatus.CHANGE.code())
                        .and(col(ChangeLogColumns.UNAVAILABLE).isNotNull()),
                    1))
            .as(LEAVING_OUT));
    for (RecordStatus each : RecordStatus.values()) {
      counts.add(count(when(status.equalTo(each.code()), 1)).as(each.code()));
    }
    return landed
        .groupBy(ChangeLogColumns.PARTITION)
        .agg(count(lit(1)).as("rows"), counts.toArray(Column[]::new))
        .collectAsList();
  }

  private static Map<String, Long> byCode(Dataset<Row> landed, Column code) {
    Map<String, Long> counts = new HashMap<>();
    landed
        .where(code.isNotNull())
        .groupBy(code)
        .agg(count(lit(1)))
        .collectAsList()
        .forEach(row -> counts.put(row.getString(0), row.getLong(1)));
    return counts;
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
