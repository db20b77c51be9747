package dev.changelake.compact.result;

import dev.changelake.compact.batch.Manifest;
import dev.changelake.compact.plan.BatchId;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.Failure;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a run tells schedulers and people: versioned JSON, in the lake and by {@code --json}.
 *
 * @param finished the batches that this run finished, those that were left behind first
 * @param manifest the batch that was asked for, once it is finished
 * @param outputs what reports and publish put where
 * @param findings what verify found
 */
public record RunResult(
    int schemaVersion,
    String command,
    Status status,
    BatchId batch,
    List<BatchId> finished,
    Optional<Manifest> manifest,
    List<Output> outputs,
    List<Finding> findings,
    List<String> warnings,
    Optional<Failure> failure,
    Instant startedAt,
    Instant finishedAt) {
  public static final int SCHEMA_VERSION = 1;

  public RunResult {
    Objects.requireNonNull(status, "status");
    finished = List.copyOf(finished);
    outputs = List.copyOf(outputs);
    findings = List.copyOf(findings);
    warnings = List.copyOf(warnings);
    if ((status == Status.FAILED) != failure.isPresent()) {
      throw new IllegalArgumentException("Exactly a failed run has a failure");
    }
  }

  /** The result of a run that failed. */
  public static RunResult failed(
      String command,
      BatchId batch,
      ChangelakeException failure,
      Instant startedAt,
      Instant finishedAt) {
    return new RunResult(
        SCHEMA_VERSION,
        command,
        Status.FAILED,
        batch,
        List.of(),
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        Optional.of(Failure.of(failure)),
        startedAt,
        finishedAt);
  }

  /**
   * The result of a run that did not fail.
   *
   * @throws ChangelakeException what the run failed for
   */
  public RunResult orThrow() {
    if (failure.isPresent()) {
      throw failure.get().exception();
    }
    return this;
  }

  /** How a run ended. */
  public enum Status {
    SUCCEEDED,
    /** An earlier run had done all of it; nothing was done. */
    ALREADY_FINISHED,
    FAILED
  }
}
