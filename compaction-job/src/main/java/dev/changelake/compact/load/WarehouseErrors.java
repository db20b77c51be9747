package dev.changelake.compact.load;

import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.sql.SQLException;
import java.util.regex.Pattern;

/** Tells what kept a load from its end. */
final class WarehouseErrors {
  private static final String CONNECTION_FAILURES = "08";
  private static final String RESOURCES_AND_INTERVENTIONS = "5";
  private static final String ROLLBACKS = "40";
  private static final String VALUES = "22";
  private static final String CONSTRAINTS = "23";

  /** What Redshift says, under no state of its own, when the same command would do later. */
  private static final Pattern PASSES =
      Pattern.compile(
          "ERROR: 1023\\b|serializable isolation|conflict with concurrent transaction|SlowDown",
          Pattern.CASE_INSENSITIVE);

  private WarehouseErrors() {}

  /** The database's refusal, or its absence. */
  static ChangelakeException refused(Dialect dialect, String problem, SQLException cause) {
    String state = String.valueOf(cause.getSQLState());
    boolean away =
        state.startsWith(CONNECTION_FAILURES)
            || state.startsWith(RESOURCES_AND_INTERVENTIONS)
            || state.startsWith(ROLLBACKS)
            || PASSES.matcher(String.valueOf(cause.getMessage())).find();
    ChangelakeException failure =
        new ChangelakeException(
                ErrorCategory.WAREHOUSE,
                problem,
                "%s says: %s (SQLSTATE %s)."
                    .formatted(dialect.name(), told(cause.getMessage(), state), state),
                away
                    ? "Check that the warehouse is up (`bin/changelake local status`), then run the"
                        + " command again: what is loaded stays, the rest follows."
                    : dialect.remedy())
            .causedBy(cause);
    return away ? failure : failure.notRetryable();
  }

  /** The first line, since those after it may show a row; without a value that it quotes. */
  private static String told(String message, String state) {
    String line = message == null ? "nothing" : message.lines().findFirst().orElse("nothing");
    boolean mayQuoteValue = state.startsWith(VALUES) || state.startsWith(CONSTRAINTS);
    // A value may have quotes of its own, and may have been cut.
    return mayQuoteValue
        ? line.replaceFirst("\".*\"", "(a value)").replaceFirst("\".*", "(a value)")
        : line;
  }

  /** A failed task's exception comes wrapped in Spark's, some of which no signature tells. */
  static RuntimeException explained(Exception failure, String problem) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof RefusedCell refused) {
        return new ChangelakeException(
                ErrorCategory.WAREHOUSE,
                problem,
                "Column %s: %s".formatted(refused.column(), refused.getMessage()),
                "Give the column a type that holds the value (`warehouse` in the table's contract),"
                    + " or leave the column out (`stored`); the table is as it was.")
            .notRetryable();
      }
    }
    return failure instanceof RuntimeException unchecked
        ? unchecked
        : new IllegalStateException(failure);
  }
}
