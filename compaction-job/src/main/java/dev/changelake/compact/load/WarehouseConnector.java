package dev.changelake.compact.load;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;

/** Opens connections; keeps its secrets to itself. */
final class WarehouseConnector {
  private final String url;
  private final Map<String, String> properties;

  WarehouseConnector(String url, Map<String, String> properties) {
    this.url = url;
    this.properties = Map.copyOf(properties);
  }

  /** A connection that commits when it is told to; the configuration's properties decide. */
  Connection open(Driver driver, Map<String, String> defaults) throws SQLException {
    Properties all = new Properties();
    all.putAll(defaults);
    all.setProperty("ApplicationName", "changelake");
    all.putAll(properties);
    Connection connection = driver.connect(url, all);
    connection.setAutoCommit(false);
    return connection;
  }

  @Override
  public String toString() {
    return "WarehouseConnector " + url;
  }
}
