package dev.changelake.compact.load;

import dev.changelake.compact.output.PublishedFiles;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * The warehouse's record of what was loaded: one row a table and plan, in the load's transaction.
 */
final class LoadAudit {
  static final String NAME = "changelake_loads";

  private final Dialect dialect;
  private final String table;
  private final String lakeId;

  /**
   * The audit of a schema.
   *
   * @param lakeId the lake whose batches are loaded: another one counts its plans on its own
   */
  LoadAudit(Dialect dialect, String schema, String lakeId) {
    this.dialect = dialect;
    this.table = Sql.qualified(schema, NAME);
    this.lakeId = lakeId;
  }

  /** The newest load of a table. */
  record Entry(long n, String inputs) {}

  void createIfAbsent(Connection connection) throws SQLException {
    Sql.execute(
        connection,
        """
        CREATE TABLE IF NOT EXISTS %s (
          table_name varchar(256) NOT NULL,
          lake_id varchar(64) NOT NULL,
          n bigint NOT NULL,
          revision integer NOT NULL,
          batch varchar(256) NOT NULL,
          business_date date NOT NULL,
          inputs varchar(64) NOT NULL,
          row_count bigint NOT NULL,
          loaded_at timestamp with time zone NOT NULL,
          PRIMARY KEY (table_name, n, revision)
        )"""
            .formatted(table));
  }

  /** Lets no other load decide until this transaction ends. */
  void lock(Connection connection) throws SQLException {
    Sql.execute(connection, dialect.lock(table));
  }

  /**
   * The newest load of a table.
   *
   * @throws ChangelakeException if it is of another lake
   */
  Optional<Entry> newest(Connection connection, String name) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT n, inputs, lake_id FROM %s WHERE table_name = ?".formatted(table)
                + " ORDER BY n DESC, revision DESC LIMIT 1")) {
      query.setString(1, name);
      try (ResultSet found = query.executeQuery()) {
        if (!found.next()) {
          return Optional.empty();
        }
        if (!found.getString(3).equals(lakeId)) {
          throw ofAnotherLake(name, found.getString(3));
        }
        return Optional.of(new Entry(found.getLong(1), found.getString(2)));
      }
    }
  }

  private ChangelakeException ofAnotherLake(String name, String other) {
    return new ChangelakeException(
            ErrorCategory.WAREHOUSE,
            "The warehouse's table %s was loaded from another lake.".formatted(name),
            "%s names the lake %s, this one is %s. Their batches count on their own, so that neither is"
                    .formatted(table, other, lakeId)
                + " the newer one.",
            "Name another schema with warehouse.schema, or drop the tables that the other lake loaded"
                + " and their rows of "
                + table
                + ".")
        .notRetryable();
  }

  /** Forgets the loads of a table that is not there any more. */
  void forget(Connection connection, String name) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM %s WHERE table_name = ?".formatted(table))) {
      delete.setString(1, name);
      delete.executeUpdate();
    }
  }

  /** Adds the load; one of the same batch, of other inputs or an earlier revision, gives way. */
  void add(Connection connection, String name, PublishedFiles files) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement(
            "DELETE FROM %s WHERE table_name = ? AND n = ?".formatted(table))) {
      delete.setString(1, name);
      delete.setLong(2, files.plan().n());
      delete.executeUpdate();
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO %s
              (table_name, n, revision, batch, business_date, inputs, row_count, lake_id, loaded_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"""
                .formatted(table))) {
      insert.setString(1, name);
      insert.setLong(2, files.plan().n());
      insert.setInt(3, files.plan().revision());
      insert.setString(4, files.batch().text());
      insert.setDate(5, Date.valueOf(files.businessDate()));
      insert.setString(6, files.inputs());
      insert.setLong(7, files.rows());
      insert.setString(8, lakeId);
      insert.setObject(9, OffsetDateTime.now(ZoneOffset.UTC));
      insert.executeUpdate();
    }
  }
}
