package dev.changelake.error;

import java.util.Objects;

/**
 * A failure that a user can act on: it tells the problem, why it is one, and what to do next.
 *
 * <p>Everything else that is thrown is a bug and keeps its stack trace.
 */
public final class ChangelakeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCategory category;
  private final boolean retryable;
  private final String problem;
  private final String why;
  private final String remedy;

  public ChangelakeException(ErrorCategory category, String problem, String why, String remedy) {
    this(category, category.retryable(), problem, why, remedy, null);
  }

  private ChangelakeException(
      ErrorCategory category,
      boolean retryable,
      String problem,
      String why,
      String remedy,
      Throwable cause) {
    super(
        Objects.requireNonNull(problem, "problem")
            + "\n  Why: "
            + Objects.requireNonNull(why, "why")
            + "\n  Next: "
            + Objects.requireNonNull(remedy, "remedy"),
        cause);
    this.category = Objects.requireNonNull(category, "category");
    this.retryable = retryable;
    this.problem = problem;
    this.why = why;
    this.remedy = remedy;
  }

  /** The same failure with the exception that led to it, for the log file. */
  public ChangelakeException causedBy(Throwable cause) {
    return new ChangelakeException(category, retryable, problem, why, remedy, cause);
  }

  /** The same failure, marked as one that no retry mends although its category usually is. */
  public ChangelakeException notRetryable() {
    return new ChangelakeException(category, false, problem, why, remedy, getCause());
  }

  /** The same failure, as retryable as the one that led to it. */
  public ChangelakeException retryableAs(ChangelakeException cause) {
    return new ChangelakeException(category, cause.retryable, problem, why, remedy, cause);
  }

  public ErrorCategory category() {
    return category;
  }

  public boolean retryable() {
    return retryable;
  }

  public String problem() {
    return problem;
  }

  public String why() {
    return why;
  }

  public String remedy() {
    return remedy;
  }
}
