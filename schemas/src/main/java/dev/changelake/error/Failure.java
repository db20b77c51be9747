package dev.changelake.error;

import java.util.Arrays;
import java.util.Objects;

/**
 * Why a command failed, as its result tells schedulers: the words of {@link ChangelakeException}.
 *
 * @param category the category's code
 * @param retryable whether the same command may succeed later without anybody changing anything
 */
public record Failure(
    String category, int exitCode, boolean retryable, String problem, String why, String remedy) {
  public Failure {
    Objects.requireNonNull(category, "category");
    Objects.requireNonNull(problem, "problem");
    Objects.requireNonNull(why, "why");
    Objects.requireNonNull(remedy, "remedy");
  }

  /** The failure in a result's form. */
  public static Failure of(ChangelakeException e) {
    return new Failure(
        e.category().code(),
        e.category().exitCode(),
        e.retryable(),
        e.problem(),
        e.why(),
        e.remedy());
  }

  /** The failure as it was thrown, or would be. */
  public ChangelakeException exception() {
    ErrorCategory thrown =
        Arrays.stream(ErrorCategory.values())
            .filter(candidate -> candidate.code().equals(category))
            .findFirst()
            .orElseThrow();
    ChangelakeException failure = new ChangelakeException(thrown, problem, why, remedy);
    return retryable ? failure : failure.notRetryable();
  }

  /** All of it, as people read it. */
  public String message() {
    return problem + "\n  Why: " + why + "\n  Next: " + remedy;
  }
}
