package dev.changelake.compact.query;

import dev.changelake.compact.plan.BatchId;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.SparkThrowable;

/** Tells when a batch is too old to be read. */
public final class TimeTravelErrors {
  /**
   * Delta's error conditions for it: the version's files may be gone by the retention, or its
   * commits are.
   */
  private static final Set<String> BEYOND_RETENTION =
      Set.of(
          "DELTA_UNSUPPORTED_TIME_TRAVEL_BEYOND_DELETED_FILE_RETENTION_DURATION",
          "DELTA_VERSION_NOT_FOUND",
          "DELTA_TRUNCATED_TRANSACTION_LOG");

  private TimeTravelErrors() {}

  /** The failure in the lake's words, if it is Delta's refusal to travel so far. */
  public static Optional<RuntimeException> explained(
      Throwable failure, BatchId batch, String path, long version) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SparkThrowable refusal
          && BEYOND_RETENTION.contains(String.valueOf(refusal.getCondition()))) {
        return Optional.of(
            isAheadOf(refusal, version)
                ? rolledBack(batch, path, version).causedBy(failure)
                : new ChangelakeException(
                        ErrorCategory.TABLE,
                        "Batch %s is older than the lake keeps batches.".formatted(batch),
                        "Version %d of %s is beyond the table's retention."
                            .formatted(version, path),
                        "Read a later batch (`bin/changelake batches`). lake.batch-retention-days says"
                            + " how long batches are kept.")
                    .notRetryable()
                    .causedBy(failure));
      }
    }
    return Optional.empty();
  }

  /** Whether the table ends before the version: then its age is not what is wrong. */
  private static boolean isAheadOf(SparkThrowable refusal, long version) {
    String latest = refusal.getMessageParameters().get("latest");
    return latest != null && Long.parseLong(latest) < version;
  }

  private static ChangelakeException rolledBack(BatchId batch, String path, long version) {
    return new ChangelakeException(
            ErrorCategory.TABLE,
            "Batch %s cannot be read: its table has lost versions.".formatted(batch),
            "Its manifest names version %d of %s, which ends before it.".formatted(version, path),
            "Somebody replaced the table or removed commits from its _delta_log. Put the commits back"
                + " from the bucket's versions or a copy.")
        .notRetryable();
  }
}
