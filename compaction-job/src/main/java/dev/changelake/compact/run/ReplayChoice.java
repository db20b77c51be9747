package dev.changelake.compact.run;

import dev.changelake.compact.changelog.ChangeLogColumns;
import dev.changelake.compact.changelog.LakeLayout;
import dev.changelake.compact.delta.LakeTable;
import dev.changelake.compact.plan.Plan;
import dev.changelake.compact.plan.ReplayRange;
import dev.changelake.compact.plan.TopicPlan;
import dev.changelake.compact.quarantine.Unapplied;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * Which quarantined records are landed again.
 *
 * @param table only those of this table's topic
 * @param reason only those with this reason's code
 */
public record ReplayChoice(
    SparkSession spark, LakeLayout layout, Optional<String> table, Optional<String> reason) {
  /**
   * The records, by table.
   *
   * @param last the last plan, which is finished
   */
  Map<String, List<ReplayRange>> of(Plan last) {
    Map<String, List<ReplayRange>> records = new TreeMap<>();
    for (TopicPlan topic : last.topics()) {
      LakeTable log = new LakeTable(spark, layout.changes(topic.table()));
      if (table.filter(wanted -> !wanted.equals(topic.table())).isEmpty() && log.exists()) {
        List<ReplayRange> ranges =
            new Unapplied(log.read().where(functions.col(ChangeLogColumns.N).leq(last.name().n())))
                .toReplay(topic.since(), reason);
        if (!ranges.isEmpty()) {
          records.put(topic.table(), ranges);
        }
      }
    }
    return records;
  }
}
