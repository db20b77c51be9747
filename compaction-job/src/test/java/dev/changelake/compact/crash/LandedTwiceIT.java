package dev.changelake.compact.crash;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import dev.changelake.compact.changelog.ChangeLogColumns;
import dev.changelake.compact.delta.CommitTag;
import dev.changelake.compact.delta.LakeTable;
import dev.changelake.compact.delta.Stage;
import dev.changelake.compact.ledger.TopicLedgerReader;
import dev.changelake.compact.plan.BatchId;
import dev.changelake.compact.plan.Plan;
import dev.changelake.compact.plan.TopicPlan;
import dev.changelake.compact.stack.TestStack;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

/**
 * The control of {@link KilledRunIT}: what a retry would do without transaction ids.
 *
 * <p>A retry that does not know what was committed appends the same rows again. With the batch's
 * transaction Delta drops that append; without, the rows are there twice, and both what the kill
 * tests compare and the run's own ledger show it. So those tests can fail.
 */
final class LandedTwiceIT {
  private static final long SEED = 20_200_601;

  @Test
  void onlyTheTransactionKeepsARetryFromDoublingTheLog() {
    // given: a batch that is landed
    TestStack stack = TestStack.get();
    TwinLakes lakes = new TwinLakes(stack, SEED);
    BatchId batch = lakes.nextBatch();
    lakes.tried().compact(batch);
    Plan plan = lakes.tried().opened().plans().last().orElseThrow();
    TopicPlan topic = plan.topicOf("orders").orElseThrow();
    LakeTable log = log(lakes.tried(), stack.spark());
    List<Row> landed = rowsOf(plan, log).collectAsList();
    List<String> before = lakes.tried().changes();
    Dataset<Row> again = stack.spark().createDataFrame(landed, log.read().schema());
    CommitTag tag =
        CommitTag.of(lakes.tried().opened().id(), "changes/orders", Stage.LAND, plan.name());

    // when: a retry with the batch's transaction
    again
        .write()
        .format("delta")
        .mode("append")
        .option("txnAppId", tag.appId())
        .option("txnVersion", tag.version())
        .option("userMetadata", tag.userMetadata())
        .save(log.path());

    // then
    assertThat(lakes.tried().changes()).isEqualTo(before).doesNotHaveDuplicates();
    assertThat(TopicLedgerReader.read(topic, rowsOf(plan, log)).partitions())
        .allMatch(partition -> partition.isExact(List.of()));

    // when: a retry without
    again.write().format("delta").mode("append").save(log.path());

    // then
    assertThat(lakes.tried().changes()).hasSize(before.size() + landed.size());
    assertThat(TopicLedgerReader.read(topic, rowsOf(plan, log)).partitions())
        .filteredOn(partition -> partition.range().length() > 0)
        .isNotEmpty()
        .noneMatch(partition -> partition.isExact(List.of()));
  }

  private static LakeTable log(TestLake lake, SparkSession spark) {
    return new LakeTable(spark, lake.opened().layout().changes("orders"));
  }

  private static Dataset<Row> rowsOf(Plan plan, LakeTable log) {
    return log.read()
        .where(
            col(ChangeLogColumns.N)
                .equalTo(plan.name().n())
                .and(col(ChangeLogColumns.R).equalTo(plan.name().revision())));
  }
}
