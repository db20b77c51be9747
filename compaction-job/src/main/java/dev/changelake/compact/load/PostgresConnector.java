package dev.changelake.compact.load;

import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.postgresql.Driver;

/** Opens connections, in the driver and in executors; keeps its secrets to itself. */
final class PostgresConnector implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String CONNECTION_FAILURES = "08";
  private static final String RESOURCES_AND_INTERVENTIONS = "5";

  private final String url;
  private final HashMap<String, String> properties;

  PostgresConnector(String url, Map<String, String> properties) {
    this.url = url;
    this.properties = new HashMap<>(properties);
  }

  static boolean speaks(String url) {
    return url.startsWith("jdbc:postgresql:");
  }

  /** A connection that commits when it is told to. */
  Connection open() throws SQLException {
    Properties all = new Properties();
    all.setProperty("ApplicationName", "changelake");
    all.putAll(properties);
    Connection connection = new Driver().connect(url, all);
    connection.setAutoCommit(false);
    return connection;
  }

  static ChangelakeException refused(String problem, SQLException cause) {
    String state = String.valueOf(cause.getSQLState());
    boolean away =
        state.startsWith(CONNECTION_FAILURES)
            || state.startsWith(RESOURCES_AND_INTERVENTIONS)
            || state.startsWith("40");
    ChangelakeException failure =
        new ChangelakeException(
                ErrorCategory.WAREHOUSE,
                problem,
                "PostgreSQL says: %s (SQLSTATE %s)."
                    .formatted(firstLine(cause.getMessage()), state),
                away
                    ? "Check that the warehouse is up (`bin/changelake local status`), then run the"
                        + " command again: what is loaded stays, the rest follows."
                    : "Mend what it names (warehouse.* in the configuration, rights, the table),"
                        + " then run the command again.")
            .causedBy(cause);
    return away ? failure : failure.notRetryable();
  }

  /** The lines after it may show a row. */
  private static String firstLine(String message) {
    return message == null ? "nothing" : message.lines().findFirst().orElse("nothing");
  }

  @Override
  public String toString() {
    return "PostgresConnector " + url;
  }
}
