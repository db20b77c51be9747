package dev.changelake.kafka;

import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import org.apache.kafka.common.errors.RetriableException;

/** Tells what Kafka's exceptions mean to the user. */
public final class BrokerFailure {
  private BrokerFailure() {}

  /** The failure that an exception of Kafka's client is to the user. */
  public static ChangelakeException of(String problem, Throwable cause) {
    boolean away = cause instanceof RetriableException;
    ChangelakeException failure =
        new ChangelakeException(
                ErrorCategory.SOURCE,
                problem,
                cause.getClass().getSimpleName() + ": " + cause.getMessage(),
                away
                    ? "Check that the brokers of kafka.bootstrap.servers are up (`bin/changelake"
                        + " local status`), then run the command again; it repeats the same events."
                    : "Mend the cause, then run the command again; it repeats the same events.")
            .causedBy(cause);
    return away ? failure : failure.notRetryable();
  }
}
