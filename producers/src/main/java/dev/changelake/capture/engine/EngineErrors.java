package dev.changelake.capture.engine;

import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import dev.changelake.postgres.DatabaseFailure;
import java.sql.SQLException;
import java.util.concurrent.TimeoutException;

/** What an end of Debezium's engine means to the user. */
final class EngineErrors {
  private EngineErrors() {}

  static ChangelakeException refusedSettings(RuntimeException refusal) {
    return new ChangelakeException(
            ErrorCategory.USAGE,
            "Debezium's engine refuses its settings.",
            firstLine(refusal) + ".",
            "Correct the debezium.* keys of the configuration.")
        .causedBy(refusal);
  }

  static ChangelakeException of(Throwable failure) {
    if (failure instanceof TimeoutException) {
      return ended("It did not stop in time; Kafka or the database may be away.", failure);
    }
    Throwable root = failure;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return DatabaseFailure.of(sql);
      }
      root = cause;
    }
    return ended(
        firstLine(failure) + (root == failure ? "." : " (" + firstLine(root) + ")."), failure);
  }

  private static ChangelakeException ended(String why, Throwable failure) {
    return new ChangelakeException(
            ErrorCategory.SOURCE,
            "Debezium's engine ended.",
            why,
            "Check that the source database and Kafka are up, then run the command again; it goes on"
                + " after what was acknowledged.")
        .causedBy(failure);
  }

  private static String firstLine(Throwable failure) {
    return failure.getClass().getSimpleName()
        + ": "
        + String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
  }
}
