package dev.changelake.error;

import java.util.Locale;

/** Where the cause of a failure lies; schedulers decide on it whether a retry makes sense. */
public enum ErrorCategory {
  /** The command line or the configuration is wrong; a retry cannot help. */
  USAGE(2, false),
  /** Kafka or the source database is away, or no longer holds what is needed of it. */
  SOURCE(10, true),
  /** Records or contracts contradict what was agreed. */
  DATA(11, false),
  /** The lake is away, or a table is not as its plans left it. */
  TABLE(12, true),
  /** The warehouse is away or refuses the load. */
  WAREHOUSE(13, true),
  /** An earlier batch stands in the way and cannot be finished. */
  BLOCKED(14, false),
  /** A bug in Changelake; the only category that shows a stack trace. */
  INTERNAL(70, false);

  private final int exitCode;
  private final boolean retryable;

  ErrorCategory(int exitCode, boolean retryable) {
    this.exitCode = exitCode;
    this.retryable = retryable;
  }

  /** The exit code of a command that fails for this reason. */
  public int exitCode() {
    return exitCode;
  }

  /** Whether the same command may succeed later without anybody changing anything. */
  public boolean retryable() {
    return retryable;
  }

  /** The name that stands in run results. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
