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
import java.time.Clock;
import java.time.Instant;
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
    /** Things that others read; what stood there already was done before. */
    public static Outcome of(List<Output> outputs) {
      boolean doneBefore =
          !outputs.isEmpty()
              && outputs.stream().allMatch(output -> output.outcome() != Output.Outcome.WRITTEN);
      return new Outcome(outputs, List.of(), List.of(), doneBefore, Optional.empty());
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
   * @return the result; that of a failure if the stage went to its end and refuses the batch
   * @throws ChangelakeException if the stage could not go to its end; the result is in the lake
   *     then
   */
  public RunResult run(String command, BatchId batch, Function<Manifest, Outcome> stage) {
    Instant started = clock.instant();
    RunResult result;
    try {
      Manifest manifest =
          lake.readable(lake.batches().find(batch).orElseThrow(() -> unfinished(batch)));
      result = result(command, manifest, stage.apply(manifest), started);
    } catch (Exception e) {
      // Spark throws checked exceptions that no signature tells.
      RuntimeException failure = Failures.unchecked(e);
      if (failure instanceof ChangelakeException explained) {
        keep(RunResult.failed(command, batch, explained, started, clock.instant()), explained);
      }
      throw failure;
    }
    lake.results().add(result);
    return result;
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
        outcome.failure().map(RunResult.Failure::of),
        started,
        clock.instant());
  }

  private void keep(RunResult result, ChangelakeException failure) {
    try {
      lake.results().add(result);
    } catch (RuntimeException e) {
      // The store is what failed: the exit code and the message still tell.
      failure.addSuppressed(e);
    }
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
