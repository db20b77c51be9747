package dev.changelake.postgres;

import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Set;

/** Tells what PostgreSQL's exceptions mean to the user. */
public final class DatabaseFailure {
  /** Classes of SQL states that say that the caller may not do that, or not so. */
  private static final Set<String> REFUSALS = Set.of("28", "3D", "42");

  /** The class of SQL states of rows that a table does not take. */
  private static final String CONSTRAINT = "23";

  private DatabaseFailure() {}

  /** The failure that an exception of the driver is to the user. */
  public static ChangelakeException of(SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    String kind = state.substring(0, Math.min(2, state.length()));
    if (kind.equals(CONSTRAINT)) {
      return new ChangelakeException(
              ErrorCategory.DATA,
              "The source database does not take a row.",
              firstLine(e),
              "Its tables hold something else than earlier days left there: use an empty database.")
          .causedBy(e);
    }
    boolean refused = REFUSALS.contains(kind);
    return new ChangelakeException(
            refused ? ErrorCategory.USAGE : ErrorCategory.SOURCE,
            refused
                ? "The source database refuses what is asked of it."
                : "The source database does not answer.",
            firstLine(e),
            "Check debezium.database.* in the configuration, and that the database is up, then run"
                + " the command again.")
        .causedBy(e);
  }

  static ChangelakeException notConfigured(Collection<String> missing) {
    return new ChangelakeException(
        ErrorCategory.USAGE,
        "No source database is configured.",
        "Missing are %s.".formatted(String.join(", ", missing)),
        "Set them; docs/capture.md lists what capturing takes.");
  }

  private static String firstLine(SQLException e) {
    return "%s (SQL state %s)."
        .formatted(String.valueOf(e.getMessage()).lines().findFirst().orElse(""), e.getSQLState());
  }
}
