package dev.changelake.compact.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.changelake.compact.source.CompaniesTopic;
import dev.changelake.compact.source.JobUnderTest;
import dev.changelake.compact.stack.TestStack;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import io.delta.tables.DeltaTable;
import java.time.Duration;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Batches can be read for as long as the lake keeps them, and not a moment longer. */
class TimeTravelIT {
  private final TestStack stack = TestStack.get();

  @Test
  void batchesAreReadWithinTheRetentionAndRefusedBeyondIt() {
    // given
    SparkSession spark = stack.spark();
    JobUnderTest job = new JobUnderTest(stack, stack.freshLake(Map.of()));
    String path = job.lake().layout().table("companies");
    try (CompaniesTopic topic = CompaniesTopic.create(stack)) {
      topic.insert(1, 2);
      job.compact("2020-06-22");
      topic.delete(1);
      job.compact("2020-06-23");
    }
    // when
    DeltaTable.forPath(spark, path).vacuum();
    // then
    assertThat(job.companies("2020-06-22")).containsExactly("1 Company 1", "2 Company 2");

    // when
    spark.sql(
        "ALTER TABLE delta.`%s` SET TBLPROPERTIES ('delta.deletedFileRetentionDuration' = 'interval 1 seconds')"
            .formatted(path));
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> catchThrowable(() -> job.companies("2020-06-22")) != null);
    ChangelakeException refused =
        catchThrowableOfType(ChangelakeException.class, () -> job.companies("2020-06-22"));
    // then
    assertThat(refused.category()).isEqualTo(ErrorCategory.TABLE);
    assertThat(refused.retryable()).isFalse();
    assertThat(refused.problem())
        .isEqualTo("Batch 2020-06-22 is older than the lake keeps batches.");
    assertThat(refused.why()).contains("beyond the table's retention");
  }
}
