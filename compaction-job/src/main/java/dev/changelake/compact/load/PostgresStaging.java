package dev.changelake.compact.load;

import dev.changelake.compact.load.FilesToLoad.Format;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.postgresql.PGConnection;

/**
 * The table that one load's rows are copied into before they are swapped in.
 *
 * <p>While a load lives its session holds an advisory lock on the staging table's name. A staging
 * table whose lock is free was left by a load that died, and goes.
 */
final class PostgresStaging {
  private static final String PREFIX = "changelake_staging_";

  private final String schema;
  private final WarehouseTable table;
  private final String name;

  PostgresStaging(String schema, WarehouseTable table) {
    this.schema = schema;
    this.table = table;
    this.name = PREFIX + UUID.randomUUID().toString().replace("-", "");
  }

  String qualifiedName() {
    return PostgresSql.qualified(schema, name);
  }

  String unqualifiedName() {
    return name;
  }

  /** Creates the table, and drops those of dead loads. */
  void create(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      lock(connection, name);
      statement.execute(PostgresSql.createStaging(schema, name, table));
      for (String other : others(connection)) {
        if (lock(connection, other)) {
          statement.execute("DROP TABLE IF EXISTS " + PostgresSql.qualified(schema, other));
        }
      }
    }
    connection.commit();
  }

  /** Fills the table; what Spark reads is copied by its tasks. */
  void fill(
      Connection connection, SparkSession spark, PostgresConnector connector, FilesToLoad files)
      throws SQLException, IOException {
    if (files.format() == Format.CSV) {
      for (String path : files.paths()) {
        copyCsv(connection, spark, path);
      }
      connection.commit();
    } else if (!files.published().files().isEmpty()) {
      spark
          .read()
          .parquet(files.paths().toArray(String[]::new))
          .selectExpr(table.columnNames().stream().map(c -> "`" + c + "`").toArray(String[]::new))
          .foreachPartition(new CopyRows(connector, qualifiedName(), table.columnNames()));
    }
  }

  private void copyCsv(Connection connection, SparkSession spark, String path)
      throws SQLException, IOException {
    Path file = new Path(path);
    try (InputStream csv =
        file.getFileSystem(spark.sparkContext().hadoopConfiguration()).open(file)) {
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn(
              "COPY %s (%s) FROM STDIN (FORMAT csv, HEADER match)"
                  .formatted(qualifiedName(), PostgresSql.quoted(table.columnNames())),
              csv);
    }
  }

  long count(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet count = statement.executeQuery("SELECT count(*) FROM " + qualifiedName())) {
      count.next();
      return count.getLong(1);
    }
  }

  private List<String> others(Connection connection) throws SQLException {
    List<String> names = new ArrayList<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT tablename FROM pg_tables WHERE schemaname = ? AND starts_with(tablename, ?)"
                + " AND tablename <> ?")) {
      query.setString(1, schema);
      query.setString(2, PREFIX);
      query.setString(3, name);
      try (ResultSet found = query.executeQuery()) {
        while (found.next()) {
          names.add(found.getString(1));
        }
      }
    }
    return names;
  }

  /** Held until the session ends. */
  private static boolean lock(Connection connection, String name) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT pg_try_advisory_lock(hashtextextended(?, 0))")) {
      query.setString(1, name);
      try (ResultSet locked = query.executeQuery()) {
        locked.next();
        return locked.getBoolean(1);
      }
    }
  }
}
