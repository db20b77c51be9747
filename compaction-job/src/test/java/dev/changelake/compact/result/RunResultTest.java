package dev.changelake.compact.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.changelake.compact.batch.Manifest;
import dev.changelake.compact.batch.Manifests;
import dev.changelake.compact.plan.BatchId;
import dev.changelake.compact.plan.InMemoryLakeFiles;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import dev.changelake.error.Failure;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Schedulers read the result: its form stays. */
class RunResultTest {
  private static final String GOLDEN_SUCCESS =
      """
      {
        "batch" : "2020-06-22",
        "command" : "compact",
        "findings" : [ ],
        "finished" : [ "2020-06-21" ],
        "finishedAt" : "2020-06-23T01:00:10.250Z",
        "manifest" : {
          "absent" : { },
          "aligned" : false,
          "batch" : "2020-06-22",
          "businessDate" : "2020-06-22",
          "changes" : { },
          "createdAt" : "2020-06-23T01:00:09.500Z",
          "drifts" : [ ],
          "origins" : { },
          "plan" : "00000007.000",
          "retentionDays" : 400,
          "rows" : { },
          "schemaVersion" : 1,
          "tableLedgers" : [ ],
          "tables" : { },
          "topicLedgers" : [ ]
        },
        "outputs" : [ ],
        "schemaVersion" : 1,
        "startedAt" : "2020-06-23T01:00:00Z",
        "status" : "SUCCEEDED",
        "warnings" : [ "a warning" ]
      }""";
  private static final String GOLDEN_FAILURE =
      """
      {
        "batch" : "2020-06-22",
        "command" : "compact",
        "failure" : {
          "category" : "source",
          "exitCode" : 10,
          "problem" : "Problem.",
          "remedy" : "Remedy.",
          "retryable" : true,
          "why" : "Why."
        },
        "findings" : [ ],
        "finished" : [ "2020-06-21" ],
        "finishedAt" : "2020-06-23T01:00:10.250Z",
        "outputs" : [ ],
        "schemaVersion" : 1,
        "startedAt" : "2020-06-23T01:00:00Z",
        "status" : "FAILED",
        "warnings" : [ "a warning" ]
      }""";

  private static final Failure FAILURE =
      Failure.of(new ChangelakeException(ErrorCategory.SOURCE, "Problem.", "Why.", "Remedy."));

  @Test
  void successIsWrittenInItsForm() {
    // given
    Manifest manifest = Manifests.of(7, "2020-06-22", "2020-06-22", "2020-06-23T01:00:09.5Z");
    RunResult result = result(RunResult.Status.SUCCEEDED, Optional.of(manifest), Optional.empty());
    // when
    String text = new String(RunResults.json(result), StandardCharsets.UTF_8);
    // then
    assertThat(text).isEqualTo(GOLDEN_SUCCESS);
  }

  @Test
  void failureIsWrittenInItsForm() {
    // given
    RunResult result = result(RunResult.Status.FAILED, Optional.empty(), Optional.of(FAILURE));
    // when
    String text = new String(RunResults.json(result), StandardCharsets.UTF_8);
    // then
    assertThat(text).isEqualTo(GOLDEN_FAILURE);
  }

  @Test
  void exactlyAFailedRunHasAFailure() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> result(RunResult.Status.FAILED, Optional.empty(), Optional.empty()));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> result(RunResult.Status.SUCCEEDED, Optional.empty(), Optional.of(FAILURE)));
  }

  @Test
  void resultsAreKeptByBatchAndStart() {
    // given
    InMemoryLakeFiles files = new InMemoryLakeFiles();
    RunResult result = result(RunResult.Status.FAILED, Optional.empty(), Optional.of(FAILURE));
    // when
    new RunResults(files, "driver").add(result);
    // then
    assertThat(files.list("data/_changelake/results"))
        .containsExactly("2020-06-22/20200623T010000000Z-failed-driver.json");
  }

  @Test
  void aRunWithAnIdIsFoundByIt() {
    // given
    InMemoryLakeFiles files = new InMemoryLakeFiles();
    RunResult result = result(RunResult.Status.FAILED, Optional.empty(), Optional.of(FAILURE));
    RunId run = new RunId("compact.manual__1.2");
    RunResults results = new RunResults(files, "driver");
    // when
    results.of(run, result.batch()).add(result);
    // then
    assertThat(files.read("data/_changelake/results/2020-06-22/compact.manual__1.2.json"))
        .hasValue(RunResults.json(result));
    assertThatExceptionOfType(ChangelakeException.class)
        .isThrownBy(() -> results.of(run, result.batch()))
        .withMessageContaining("There is a result of run compact.manual__1.2");
  }

  @Test
  void aRunIdIsAFileName() {
    assertThatIllegalArgumentException().isThrownBy(() -> new RunId("../other"));
  }

  private static RunResult result(
      RunResult.Status status, Optional<Manifest> manifest, Optional<Failure> failure) {
    return new RunResult(
        RunResult.SCHEMA_VERSION,
        "compact",
        status,
        new BatchId("2020-06-22"),
        List.of(new BatchId("2020-06-21")),
        manifest,
        List.of(),
        List.of(),
        List.of("a warning"),
        failure,
        Instant.parse("2020-06-23T01:00:00Z"),
        Instant.parse("2020-06-23T01:00:10.25Z"));
  }
}
