package dev.changelake.local.airflow;

import dev.changelake.config.Configuration;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;

/** Airflow's own database, on the stack's PostgreSQL. */
final class MetadataDatabase {
  private static final String NAME = "airflow";
  private static final String JDBC = "jdbc:";

  private final URI warehouse;
  private final Map<String, String> login;

  MetadataDatabase(Configuration configuration) {
    String url =
        configuration
            .warehouseUrl()
            .orElseThrow(() -> new IllegalStateException("The stack's configuration has it"));
    this.warehouse = URI.create(url.substring(JDBC.length()));
    this.login = configuration.warehouseJdbc();
  }

  /** Creates the database unless it is there. */
  void create() {
    Properties properties = new Properties();
    properties.putAll(login);
    try (Connection connection = DriverManager.getConnection(JDBC + warehouse, properties);
        Statement statement = connection.createStatement()) {
      boolean exists;
      try (ResultSet found =
          statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + NAME + "'")) {
        exists = found.next();
      }
      if (!exists) {
        statement.execute("CREATE DATABASE " + NAME);
      }
    } catch (SQLException e) {
      throw new ChangelakeException(
              ErrorCategory.WAREHOUSE,
              "Airflow's database could not be created.",
              e.getMessage(),
              "Check that the local stack is up (`bin/changelake local status`).")
          .causedBy(e);
    }
  }

  /** As SQLAlchemy names it; with the password, so for an environment variable only. */
  String sqlAlchemyUrl() {
    return "postgresql+psycopg2://%s:%s@%s:%d/%s"
        .formatted(
            encoded(login.get("user")),
            encoded(login.get("password")),
            warehouse.getHost(),
            warehouse.getPort(),
            NAME);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
