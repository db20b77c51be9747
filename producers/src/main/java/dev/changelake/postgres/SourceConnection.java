package dev.changelake.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/** Connects to the source database as Debezium does. */
public final class SourceConnection {
  private static final String DATABASE = "database.";
  private static final List<String> NEEDED =
      List.of("database.hostname", "database.user", "database.dbname");

  private SourceConnection() {}

  /**
   * Connects.
   *
   * @param settings Debezium's properties {@code database.*}
   * @param application the name that the database shows of this connection
   */
  public static Connection open(Map<String, String> settings, String application) {
    Set<String> missing = new TreeSet<>();
    for (String key : NEEDED) {
      if (settings.getOrDefault(key, "").isBlank()) {
        missing.add("debezium." + key);
      }
    }
    if (!missing.isEmpty()) {
      throw DatabaseFailure.notConfigured(missing);
    }
    Properties driver = new Properties();
    driver.setProperty("user", settings.get("database.user"));
    driver.setProperty("password", settings.getOrDefault("database.password", ""));
    driver.setProperty("connectTimeout", "10");
    driver.setProperty("socketTimeout", "120");
    driver.setProperty("tcpKeepAlive", "true");
    driver.setProperty("ApplicationName", application);
    // Debezium calls the driver's options for TLS as the driver does.
    settings.forEach(
        (key, value) -> {
          if (key.startsWith(DATABASE + "ssl")) {
            driver.setProperty(key.substring(DATABASE.length()), value);
          }
        });
    String url =
        "jdbc:postgresql://%s:%s/%s"
            .formatted(
                settings.get("database.hostname"),
                settings.getOrDefault("database.port", "5432"),
                settings.get("database.dbname"));
    try {
      return DriverManager.getConnection(url, driver);
    } catch (SQLException e) {
      throw DatabaseFailure.of(e);
    }
  }
}
