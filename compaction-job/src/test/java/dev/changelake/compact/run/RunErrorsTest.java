package dev.changelake.compact.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.changelake.compact.batch.Batches;
import dev.changelake.compact.batch.Manifests;
import dev.changelake.compact.changelog.LakeLayout;
import dev.changelake.compact.delta.Retention;
import dev.changelake.compact.lake.Lake;
import dev.changelake.compact.plan.Acceptance;
import dev.changelake.compact.plan.BatchId;
import dev.changelake.compact.plan.InMemoryLakeFiles;
import dev.changelake.compact.plan.Plan;
import dev.changelake.compact.plan.PlanChain;
import dev.changelake.compact.plan.PlanKind;
import dev.changelake.compact.plan.PlanName;
import dev.changelake.compact.result.RunResults;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RunErrorsTest {
  private static final LocalDate DATE = LocalDate.of(2020, 6, 22);

  private final InMemoryLakeFiles files = new InMemoryLakeFiles();
  private final Lake lake =
      new Lake(
          "id",
          LakeLayout.ofBucket("bucket"),
          files,
          files,
          new PlanChain(files),
          new Batches(files),
          new RunResults(files, "driver"),
          new Retention(Duration.ofDays(400)),
          Clock.systemUTC());

  @Test
  void dateIsThatOfTheBatchUnlessItIsGiven() {
    assertThat(date("2020-06-22", null, null)).isEqualTo(DATE);
    assertThat(date("2020-06-22", "2020-06-25", null)).isEqualTo("2020-06-25");
    assertThat(date("backfill", "2020-06-25", null)).isEqualTo("2020-06-25");
    assertThat(date("2020-06-22.companies", null, plan("2020-06-22"))).isEqualTo(DATE);
  }

  @Test
  void batchWithoutADateIsRefused() {
    // when
    ChangelakeException refused =
        catchThrowableOfType(ChangelakeException.class, () -> date("backfill", null, null));
    // then
    assertThat(refused.category()).isEqualTo(ErrorCategory.USAGE);
    assertThat(refused.remedy()).contains("--date");
  }

  @Test
  void datesNeverGoBackAndTheHolderOfTheEventsIsNamed() {
    // given
    lake.batches().add(Manifests.of(1, "2020-06-20", "2020-06-20", "2020-06-21T00:00:00Z"));
    lake.batches().add(Manifests.of(2, "2020-06-22", "2020-06-22", "2020-06-23T00:00:00Z"));
    // when
    ChangelakeException refused =
        catchThrowableOfType(
            ChangelakeException.class, () -> date("2020-06-21", null, plan("2020-06-22")));
    // then
    assertThat(refused.category()).isEqualTo(ErrorCategory.USAGE);
    assertThat(refused.why()).contains("the events of that date are in batch 2020-06-22");
  }

  @Test
  void unfinishedBatchIsNamedAsTheHolderToo() {
    // when
    ChangelakeException refused =
        catchThrowableOfType(
            ChangelakeException.class, () -> date("2020-06-21", null, plan("2020-06-22")));
    // then
    assertThat(refused.why()).contains("in batch 2020-06-22");
  }

  @Test
  void frozenBatchKeepsItsDate() {
    // given
    Plan plan = plan("2020-06-22");
    // when
    ChangelakeException refused =
        catchThrowableOfType(
            ChangelakeException.class,
            () -> RunErrors.requireSameDate(plan, Optional.of(DATE.plusDays(1))));
    // then
    assertThat(refused.problem())
        .isEqualTo("The batch 2020-06-22 has the business date 2020-06-22, not 2020-06-23.");
    assertThatCode(() -> RunErrors.requireSameDate(plan, Optional.empty()))
        .doesNotThrowAnyException();
    assertThatCode(() -> RunErrors.requireSameDate(plan, Optional.of(DATE)))
        .doesNotThrowAnyException();
  }

  @Test
  void frozenBatchTakesNoDecisionByARun() {
    // given
    Acceptance decision =
        new Acceptance(
            "ada", "why", Optional.empty(), Map.of(), Map.of(), Set.of("topic"), Set.of());
    // when
    ChangelakeException refused =
        catchThrowableOfType(
            ChangelakeException.class,
            () -> RunErrors.requireUndecided(plan("2020-06-22"), Optional.of(decision)));
    // then
    assertThat(refused.category()).isEqualTo(ErrorCategory.USAGE);
    assertThat(refused.remedy()).contains("compact revise --batch 2020-06-22");
  }

  private LocalDate date(String batch, String given, Plan last) {
    return RunErrors.dateOf(
        new BatchId(batch),
        Optional.ofNullable(given).map(LocalDate::parse),
        Optional.ofNullable(last),
        lake);
  }

  private static Plan plan(String batch) {
    return new Plan(
        Plan.SCHEMA_VERSION,
        PlanKind.KAFKA,
        new PlanName(3, 0),
        new BatchId(batch),
        LocalDate.parse(batch),
        List.of(),
        Optional.empty(),
        Instant.EPOCH,
        "driver");
  }
}
