package dev.changelake.compact.result;

import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.io.FileNotFoundException;
import java.util.Optional;
import org.apache.spark.SparkThrowable;

/** Tells failures of the surroundings, which users can act on, from bugs. */
public final class Failures {
  /**
   * Spark's error condition of a data file that its table or folder names and that is not there.
   */
  private static final String MISSING_FILE = "FAILED_READ_FILE.FILE_NOT_EXIST";

  private Failures() {}

  /** The failure as users shall see it; empty for a bug. */
  public static Optional<ChangelakeException> explained(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ChangelakeException explained) {
        return Optional.of(explained);
      }
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof FileNotFoundException || isMissingFile(cause)) {
        return Optional.of(missingFile(cause).causedBy(failure));
      }
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (isRefusedByKafka(cause)) {
        return Optional.of(refusedByKafka(cause).causedBy(failure));
      }
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String name = cause.getClass().getName();
      if (name.startsWith("org.apache.kafka.common.errors.")
          || name.equals("org.apache.kafka.common.KafkaException")
          || name.startsWith("org.apache.spark.sql.kafka010.")) {
        return Optional.of(kafka(cause).causedBy(failure));
      }
      if (name.startsWith("software.amazon.awssdk.")
          || name.startsWith("org.apache.hadoop.fs.s3a.")
          || name.startsWith("java.net.")) {
        return Optional.of(store(cause).causedBy(failure));
      }
      if (name.startsWith("io.delta.exceptions.Concurrent")
          || name.equals("io.delta.exceptions.MetadataChangedException")
          || name.equals("io.delta.exceptions.ProtocolChangedException")) {
        return Optional.of(race(cause).causedBy(failure));
      }
    }
    return Optional.empty();
  }

  /**
   * The failure to throw: as users shall see it where it can be explained.
   *
   * <p>Spark throws checked exceptions that no signature tells, such as its AnalysisException.
   */
  public static RuntimeException unchecked(Exception failure) {
    return explained(failure)
        .<RuntimeException>map(explained -> explained)
        .orElseGet(
            () ->
                failure instanceof RuntimeException unchecked
                    ? unchecked
                    : new IllegalStateException(failure));
  }

  /** An earlier batch cannot be finished, so the one that was asked for cannot begin. */
  public static ChangelakeException blocked(String batch, ChangelakeException failure) {
    return new ChangelakeException(
            ErrorCategory.BLOCKED,
            "Batch %s stands in the way: it was left unfinished and cannot be finished now."
                .formatted(batch),
            "%s %s".formatted(failure.problem(), failure.why()),
            failure.remedy())
        .retryableAs(failure);
  }

  private static boolean isMissingFile(Throwable cause) {
    return cause instanceof SparkThrowable refusal
        && String.valueOf(refusal.getCondition()).startsWith(MISSING_FILE);
  }

  private static ChangelakeException missingFile(Throwable cause) {
    return new ChangelakeException(
            ErrorCategory.TABLE,
            "A file of the lake is gone.",
            text(cause).lines().findFirst().orElse(""),
            "Somebody deleted it, or VACUUM ran with a shorter retention than the table's own. Put it"
                + " back from the bucket's versions or a copy, then run the command again.")
        .notRetryable();
  }

  /** All of Kafka's refusals are named so, for topics, groups, the cluster, SASL and SSL. */
  private static boolean isRefusedByKafka(Throwable cause) {
    String name = cause.getClass().getName();
    return name.startsWith("org.apache.kafka.common.errors.")
        && (name.endsWith("AuthorizationException") || name.endsWith("AuthenticationException"));
  }

  private static ChangelakeException refusedByKafka(Throwable cause) {
    return new ChangelakeException(
            ErrorCategory.SOURCE,
            "Kafka refuses this client.",
            text(cause),
            "Check the credentials in kafka.*, and that their principal has the operations Describe"
                + " and Read on what is named; then run the same command again: it reads exactly the"
                + " same offsets.")
        .notRetryable();
  }

  private static ChangelakeException kafka(Throwable cause) {
    return new ChangelakeException(
        ErrorCategory.SOURCE,
        "Kafka could not be read.",
        text(cause),
        "Check that the brokers are up (`bin/changelake local status`); then run the same command"
            + " again: it reads exactly the same offsets.");
  }

  private static ChangelakeException store(Throwable cause) {
    return new ChangelakeException(
        ErrorCategory.TABLE,
        "The object store does not answer as it should.",
        text(cause),
        "Check fs.s3a.* in the configuration, the bucket and the credentials, and that the store is"
            + " up (`bin/changelake local status`); then run the same command again.");
  }

  private static ChangelakeException race(Throwable cause) {
    return new ChangelakeException(
        ErrorCategory.TABLE,
        "Another driver changed the same table at the same time.",
        text(cause),
        "Run the same command again; what the other driver finished is not done twice.");
  }

  private static String text(Throwable cause) {
    return cause.getClass().getSimpleName() + ": " + cause.getMessage();
  }
}
