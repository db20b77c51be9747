package dev.changelake.compact.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.changelake.compact.batch.Manifest;
import dev.changelake.compact.changelog.LakeLayout;
import dev.changelake.compact.plan.BatchId;
import dev.changelake.compact.source.CompaniesTopic;
import dev.changelake.compact.source.JobUnderTest;
import dev.changelake.compact.stack.TestStack;
import dev.changelake.config.Configuration;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import io.delta.tables.DeltaTable;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Batches can be read for as long as the lake keeps them, and not a moment longer. */
class TimeTravelIT {
  private static final Duration RETENTION = Duration.ofDays(400);

  private final TestStack stack = TestStack.get();

  @Test
  void batchesAreReadWithinTheRetentionAndRefusedBeyondIt() {
    // given
    JobUnderTest job = new JobUnderTest(stack, stack.freshLake(Map.of()));
    try (CompaniesTopic topic = CompaniesTopic.create(stack)) {
      topic.insert(1, 2);
      job.compact("2020-06-22");
      topic.delete(1);
      job.compact("2020-06-23");
    }
    Manifest first = job.lake().batches().find(new BatchId("2020-06-22")).orElseThrow();
    Instant last = first.createdAt().plus(RETENTION);

    // when
    vacuum(job.lake().layout().table("companies"));
    Manifest readable = job.lakeAt(last).readable(first);
    ChangelakeException refused =
        catchThrowableOfType(
            ChangelakeException.class, () -> job.lakeAt(last.plusMillis(1)).readable(first));

    // then
    assertThat(job.companies("2020-06-22")).containsExactly("1 Company 1", "2 Company 2");
    assertThat(readable).isEqualTo(first);
    assertThat(refused.category()).isEqualTo(ErrorCategory.TABLE);
    assertThat(refused.retryable()).isFalse();
    assertThat(refused.problem())
        .isEqualTo("Batch 2020-06-22 is older than the lake keeps batches.");
    assertThat(refused.why()).contains("kept for 400 days");
  }

  /**
   * Delta would refuse a version by its own age; but what one batch names may be much older than
   * the batch, and in use until a moment ago.
   */
  @Test
  void aTableThatHasNotChangedForLongerThanTheRetentionIsReadAndMergedInto() {
    // given: a table whose versions are older than its retention, and that was maintained since
    JobUnderTest job = new JobUnderTest(stack, stack.freshLake(Map.of()));
    String path = job.lake().layout().table("companies");
    try (CompaniesTopic topic = CompaniesTopic.create(stack)) {
      topic.insert(1, 2);
      job.compact("2020-06-22");
      stack
          .spark()
          .sql(
              "ALTER TABLE delta.`%s` SET TBLPROPERTIES".formatted(path)
                  + " ('delta.deletedFileRetentionDuration' = 'interval 1 milliseconds')");
      DeltaTable.forPath(stack.spark(), path).optimize().executeCompaction();

      // when
      Manifest unchanged = job.compact("2020-06-23").manifest().orElseThrow();
      long maintained = maintained(path);
      topic.rename(1, "Renamed");
      job.compact("2020-06-24");

      // then
      assertThat(unchanged.tables().get("companies")).isEqualTo(maintained);
      assertThat(job.companies("2020-06-22")).containsExactly("1 Company 1", "2 Company 2");
      assertThat(job.companies("2020-06-23")).containsExactly("1 Company 1", "2 Company 2");
      assertThat(job.companies("2020-06-24")).containsExactly("1 Renamed", "2 Company 2");
    }
  }

  @Test
  @Tag("thorough")
  void tablesAreKeptAsLongAsTheConfigurationSaysAlsoWhenItSaysSoLater() {
    // given
    JobUnderTest before = new JobUnderTest(stack, stack.freshLake(Map.of()));
    Map<String, String> entries = new HashMap<>(stack.entries(Map.of()));
    entries.put("lake.bucket", before.bucket());
    entries.put("lake.batch-retention-days", "800");
    JobUnderTest after = new JobUnderTest(stack, Configuration.of(entries));
    try (CompaniesTopic topic = CompaniesTopic.create(stack)) {
      topic.insert(1, 2);
      topic.delete(1);
      before.compact("2020-06-22");
      List<Map<String, String>> made = properties(before);

      // when
      Manifest manifest = after.compact("2020-06-23").manifest().orElseThrow();

      // then
      assertThat(made)
          .hasSize(3)
          .allSatisfy(
              properties ->
                  assertThat(properties)
                      .containsEntry(
                          "delta.deletedFileRetentionDuration", "interval 34560000 seconds")
                      .containsEntry("delta.logRetentionDuration", "interval 34560000 seconds")
                      .containsEntry("delta.enableExpiredLogCleanup", "false")
                      .containsEntry("delta.enableInCommitTimestamps", "true"));
      assertThat(made.get(1)).as("the change log").containsEntry("delta.appendOnly", "true");
      assertThat(manifest.retentionDays()).isEqualTo(800);
      assertThat(properties(after))
          .allSatisfy(
              properties ->
                  assertThat(properties)
                      .containsEntry(
                          "delta.deletedFileRetentionDuration", "interval 69120000 seconds"));
      assertThat(after.companies("2020-06-23")).containsExactly("2 Company 2");
    }
  }

  /** By a session that lists one small folder by few tasks. */
  private void vacuum(String path) {
    SparkSession session = stack.spark().newSession();
    session.conf().set("spark.sql.sources.parallelPartitionDiscovery.parallelism", "2");
    DeltaTable.forPath(session, path).vacuum();
  }

  private List<Map<String, String>> properties(JobUnderTest job) {
    LakeLayout layout = job.lake().layout();
    return Stream.of(
            layout.table("companies"), layout.changes("companies"), layout.absent("companies"))
        .map(this::properties)
        .toList();
  }

  private Map<String, String> properties(String path) {
    return DeltaTable.forPath(stack.spark(), path)
        .detail()
        .select("properties")
        .first()
        .getJavaMap(0);
  }

  private long maintained(String path) {
    return DeltaTable.forPath(stack.spark(), path)
        .history()
        .where("operation = 'OPTIMIZE' OR operation = 'SET TBLPROPERTIES'")
        .first()
        .getAs("version");
  }
}
