package dev.changelake.compact.query;

import dev.changelake.compact.plan.BatchId;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.util.Optional;

/** Tells when a batch is too old to be read. */
public final class TimeTravelErrors {
  private TimeTravelErrors() {}

  /** The failure in the lake's words, if it is Delta's refusal to travel so far. */
  public static Optional<RuntimeException> explained(
      Throwable failure, BatchId batch, String path, long version) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      if (message.contains("deletedFileRetentionDuration")
          || message.contains("BEYOND_DELETED_FILE_RETENTION")
          || message.contains("DELTA_VERSION_NOT_FOUND")
          || message.contains("DELTA_UNSUPPORTED_TIME_TRAVEL")
          || message.contains("VersionNotFoundException")) {
        return Optional.of(
            new ChangelakeException(
                    ErrorCategory.TABLE,
                    "Batch %s is older than the lake keeps batches.".formatted(batch),
                    "Version %d of %s is beyond the table's retention.".formatted(version, path),
                    "Read a later batch (`bin/changelake batches`). lake.batch-retention-days says"
                        + " how long batches are kept.")
                .notRetryable()
                .causedBy(failure));
      }
    }
    return Optional.empty();
  }
}
