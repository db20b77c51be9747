package dev.changelake.compact.lake;

import dev.changelake.compact.batch.Manifest;
import dev.changelake.compact.plan.BatchId;
import dev.changelake.compact.result.Failures;
import dev.changelake.compact.result.Finding;
import dev.changelake.compact.result.Output;
import dev.changelake.compact.result.RunResult;
import dev.changelake.compact.result.RunResult.Status;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import dev.changelake.error.Failure;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Runs a stage on a finished batch, and keeps its result in the lake, that of a failure too. */
public final class BatchRun {
  private final Lake lake;
  private final Clock clock;

  public BatchRun(Lake lake, Clock clock) {
    this.lake = lake;
    this.clock = clock;
  }

  /**
   * What a stage did.
   *
   * @param doneBefore whether an earlier run had done all of it, and this one did nothing
   * @param failure why the batch is refused although the stage went to its end
   */
  public record Outcome(
      List<Output> outputs,
      List<Finding> findings,
      List<String> warnings,
      boolean doneBefore,
      Optional<ChangelakeException> failure) {
    /**
     * Things that others read; what stood there already was done before.
     *
     * @param failures why some of them are missing; the first is told
     */
    public static Outcome of(
        List<Output> outputs, List<String> warnings, List<ChangelakeException> failures) {
      boolean doneBefore =
          failures.isEmpty()
              && !outputs.isEmpty()
              && outputs.stream().allMatch(output -> output.outcome() != Output.Outcome.WRITTEN);
      List<String> told = new ArrayList<>(warnings);
      failures.stream().skip(1).map(ChangelakeException::getMessage).forEach(told::add);
      return new Outcome(outputs, List.of(), told, doneBefore, failures.stream().findFirst());
    }

    /** Expectations, none of which is broken. */
    public static Outcome verified(
        List<Finding> findings, List<String> warnings, boolean doneBefore) {
      return new Outcome(List.of(), findings, warnings, doneBefore, Optional.empty());
    }

    /** Expectations, some of which are broken. */
    public static Outcome refused(
        List<Finding> findings, List<String> warnings, ChangelakeException failure) {
      return new Outcome(List.of(), findings, warnings, false, Optional.of(failure));
    }
  }

  /**
   * Runs the stage.
   *
   * @param command the command that asks for it
   * @return how it ended; what it failed for is in the result
   */
  public RunResult run(String command, BatchId batch, Function<Manifest, Outcome> stage) {
    Instant started = clock.instant();
    try {
      Manifest manifest =
          lake.readable(lake.batches().find(batch).orElseThrow(() -> unfinished(batch)));
      RunResult result = result(command, manifest, stage.apply(manifest), started);
      lake.results().add(result);
      return result;
    } catch (Exception e) {
      // Spark throws checked exceptions that no signature tells.
      ChangelakeException failure = Failures.explained(e).orElseThrow(() -> Failures.unchecked(e));
      RunResult result = RunResult.failed(command, batch, failure, started, clock.instant());
      lake.results().addIfPossible(result);
      return result;
    }
  }

  private RunResult result(String command, Manifest manifest, Outcome outcome, Instant started) {
    return new RunResult(
        RunResult.SCHEMA_VERSION,
        command,
        outcome.failure().isPresent()
            ? Status.FAILED
            : outcome.doneBefore() ? Status.ALREADY_FINISHED : Status.SUCCEEDED,
        manifest.batch(),
        List.of(),
        Optional.of(manifest),
        outcome.outputs(),
        outcome.findings(),
        outcome.warnings(),
        outcome.failure().map(Failure::of),
        started,
        clock.instant());
  }

  private static ChangelakeException unfinished(BatchId batch) {
    return new ChangelakeException(
        ErrorCategory.USAGE,
        "There is no finished batch %s.".formatted(batch),
        "Reports, publishes and checks are of a batch that has its manifest.",
        "`bin/changelake batches` lists them; `bin/changelake compact --batch %s` makes this one."
            .formatted(batch));
  }
}
