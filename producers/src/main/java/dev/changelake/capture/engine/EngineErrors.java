package dev.changelake.capture.engine;

import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;

/** What an end of Debezium's engine means to the user. */
final class EngineErrors {
  private EngineErrors() {}

  static ChangelakeException of(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return new ChangelakeException(
            ErrorCategory.SOURCE,
            "Debezium's engine ended.",
            firstLine(failure) + (root == failure ? "" : " (" + firstLine(root) + ")"),
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
