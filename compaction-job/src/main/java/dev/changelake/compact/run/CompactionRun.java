package dev.changelake.compact.run;

import dev.changelake.compact.batch.Manifest;
import dev.changelake.compact.lake.Lake;
import dev.changelake.compact.plan.Acceptance;
import dev.changelake.compact.plan.BatchId;
import dev.changelake.compact.plan.Plan;
import dev.changelake.compact.plan.PlanKind;
import dev.changelake.compact.plan.Planner;
import dev.changelake.compact.plan.ReplayRange;
import dev.changelake.compact.result.Failures;
import dev.changelake.compact.result.RunResult;
import dev.changelake.compact.result.RunResult.Status;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.Failure;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * One run of {@code compact}, from the batch's name to its result.
 *
 * <p>A run first finishes what an earlier one left behind, then freezes its own batch, then takes
 * it through land, fold and merge to its manifest. Killed at any point and run again, it ends the
 * same.
 */
public final class CompactionRun {
  private final Lake lake;
  private final Planner planner;
  private final BatchFinish finish;
  private final Progress progress;
  private final Clock clock;

  CompactionRun(
      Lake lake, Planner planner, BatchExecution execution, Progress progress, Clock clock) {
    this.lake = lake;
    this.planner = planner;
    this.finish = new BatchFinish(lake, planner, execution, progress);
    this.progress = progress;
    this.clock = clock;
  }

  /**
   * Compacts the batch.
   *
   * @param date the business date; empty if the batch id starts with it
   * @param acceptance what an operator accepts of the source when the batch is planned
   * @return how it ended; a batch that could not be finished is told by the result's failure
   */
  public RunResult compact(
      BatchId batch, Optional<LocalDate> date, Optional<Acceptance> acceptance) {
    return run(
        batch, date, acceptance, (previous, day) -> planner.next(previous, batch, day, acceptance));
  }

  /**
   * Lands quarantined records again, by the contracts of now, as a batch of its own.
   *
   * @param date the business date; empty if the batch id starts with it
   * @param decision who replays and why
   * @param chosen which records
   */
  public RunResult replay(
      BatchId batch, Optional<LocalDate> date, Acceptance decision, ReplayChoice chosen) {
    return run(
        batch,
        date,
        Optional.of(decision),
        (previous, day) -> {
          Plan before = previous.orElseThrow(() -> RunErrors.nothingToReplay(batch));
          Map<String, List<ReplayRange>> records = chosen.of(before);
          if (records.isEmpty()) {
            throw RunErrors.nothingToReplay(batch);
          }
          return planner.replay(before, batch, day, decision, records);
        });
  }

  private RunResult run(
      BatchId batch,
      Optional<LocalDate> date,
      Optional<Acceptance> acceptance,
      BiFunction<Optional<Plan>, LocalDate, Plan> next) {
    Instant started = clock.instant();
    List<BatchId> finished = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    try {
      Optional<Plan> plan = planOf(batch, date, acceptance, next, finished);
      if (plan.isEmpty()) {
        return kept(
            result(
                Status.ALREADY_FINISHED,
                batch,
                finished,
                lake.batches().find(batch),
                warnings,
                Optional.empty(),
                started));
      }
      Manifest manifest = finish.of(plan.get(), warnings);
      finished.add(batch);
      return kept(
          result(
              Status.SUCCEEDED,
              batch,
              finished,
              Optional.of(manifest),
              warnings,
              Optional.empty(),
              started));
    } catch (Exception e) {
      ChangelakeException failure = Failures.explained(e).orElseThrow(() -> Failures.unchecked(e));
      RunResult result =
          result(
              Status.FAILED,
              batch,
              finished,
              Optional.empty(),
              warnings,
              Optional.of(Failure.of(failure)),
              started);
      lake.results().addIfPossible(result);
      return result;
    }
  }

  /**
   * Writes the next revision of an unfinished batch.
   *
   * @return the revision, which the next run of the batch works on
   */
  public Plan revise(BatchId batch, Acceptance acceptance) {
    Plan last = lake.plans().last().orElseThrow(() -> RunErrors.nothingToRevise(batch));
    if (!last.batch().equals(batch) || lake.batches().find(last.name().n()).isPresent()) {
      throw RunErrors.nothingToRevise(batch);
    }
    Plan revision = planner.revise(last, acceptance);
    if (!lake.plans().add(revision)) {
      throw RunErrors.revisedBySomebodyElse(revision.name());
    }
    // A driver may have finished the batch between the look and the write.
    lake.batches()
        .find(last.name().n())
        .ifPresent(manifest -> RunErrors.requireRevision(revision, manifest));
    return revision;
  }

  /**
   * The batch's plan: the one that was frozen before, else a new one after all others are done.
   *
   * @return empty if the batch is finished, which another driver may do at any moment
   */
  private Optional<Plan> planOf(
      BatchId batch,
      Optional<LocalDate> date,
      Optional<Acceptance> acceptance,
      BiFunction<Optional<Plan>, LocalDate, Plan> next,
      List<BatchId> finished) {
    while (true) {
      Optional<Manifest> done = lake.batches().find(batch);
      if (done.isPresent()) {
        RunErrors.requireSameDate(done.get(), date);
        return Optional.empty();
      }
      Optional<Plan> last = lake.plans().last();
      Optional<Manifest> lastDone = last.flatMap(plan -> lake.batches().find(plan.name().n()));
      boolean open = last.isPresent() && lastDone.isEmpty();
      if (open && last.get().batch().equals(batch)) {
        RunErrors.requireSameDate(last.get(), date);
        RunErrors.requireUndecided(last.get(), acceptance);
        return last;
      }
      if (open) {
        finishLeftBehind(last.get());
        finished.add(last.get().batch());
        continue;
      }
      // The batch goes on from the revision that was finished, which need not be the last one.
      Optional<Plan> previous = lastDone.flatMap(manifest -> lake.plans().find(manifest.plan()));
      Plan plan = next.apply(previous, RunErrors.dateOf(batch, date, previous, lake));
      if (lake.plans().add(plan)) {
        progress.done(Progress.Step.PLANNED, batch.text(), describe(plan));
        return Optional.of(plan);
      }
      // Another driver froze a plan of this number first: look at the chain again.
    }
  }

  private void finishLeftBehind(Plan plan) {
    try {
      finish.of(plan, new ArrayList<>());
    } catch (Exception e) {
      throw Failures.explained(e)
          .<RuntimeException>map(failure -> Failures.blocked(plan.batch().text(), failure))
          .orElseGet(() -> Failures.unchecked(e));
    }
  }

  private RunResult result(
      Status status,
      BatchId batch,
      List<BatchId> finished,
      Optional<Manifest> manifest,
      List<String> warnings,
      Optional<Failure> failure,
      Instant started) {
    return new RunResult(
        RunResult.SCHEMA_VERSION,
        "compact",
        status,
        batch,
        finished,
        manifest,
        List.of(),
        List.of(),
        warnings,
        failure,
        started,
        clock.instant());
  }

  private RunResult kept(RunResult result) {
    lake.results().add(result);
    return result;
  }

  private static String describe(Plan plan) {
    long offsets = plan.topics().stream().mapToLong(topic -> topic.offsets()).sum();
    return "plan %s with %d %s of %d topics"
        .formatted(
            plan.name(),
            offsets,
            plan.kind() == PlanKind.REPLAY ? "records landed again" : "offsets",
            plan.topics().size());
  }
}
