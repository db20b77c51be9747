package dev.changelake.compact.load;

import dev.changelake.compact.load.LoadAudit.Entry;
import dev.changelake.compact.output.PublishedFiles;
import dev.changelake.compact.result.Output;
import dev.changelake.compact.result.Output.Outcome;
import dev.changelake.config.Configuration;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.SparkSession;

/**
 * PostgreSQL as the warehouse.
 *
 * <p>A load copies its rows into a staging table of its own. Then one transaction locks the audit,
 * looks whether the batch still is the newest, replaces the table's rows by the staging table's,
 * and adds the audit row. Readers see the old rows or the new ones.
 */
public final class PostgresWarehouse implements Warehouse {
  private final SparkSession spark;
  private final PostgresConnector connector;
  private final String schema;
  private final LoadAudit audit;
  private final PostgresTables tables;

  private PostgresWarehouse(
      SparkSession spark, PostgresConnector connector, String schema, String lakeId) {
    this.spark = spark;
    this.connector = connector;
    this.schema = schema;
    this.audit = new LoadAudit(schema, lakeId);
    this.tables = new PostgresTables(schema);
  }

  /**
   * The configuration's warehouse; empty if it names none.
   *
   * @param lakeId the lake that it is loaded from
   */
  public static Optional<Warehouse> of(
      Configuration configuration, SparkSession spark, String lakeId) {
    return configuration
        .warehouseUrl()
        .map(
            url -> {
              if (!PostgresConnector.speaks(url)) {
                throw new ChangelakeException(
                    ErrorCategory.USAGE,
                    "The warehouse %s is of a kind that Changelake does not load.".formatted(url),
                    "It loads PostgreSQL.",
                    "Let warehouse.url begin with jdbc:postgresql:, or leave it out.");
              }
              return new PostgresWarehouse(
                  spark,
                  new PostgresConnector(url, configuration.warehouseJdbc()),
                  configuration.warehouseSchema(),
                  lakeId);
            });
  }

  @Override
  public Output load(WarehouseTable table, FilesToLoad files) {
    try (Connection connection = connector.open()) {
      tables.prepare(connection, audit, table);
      audit.lock(connection);
      Optional<Outcome> decided = decided(connection, table, files.published());
      connection.commit();
      return output(
          table, files, decided.isPresent() ? decided.get() : replace(connection, table, files));
    } catch (SQLException e) {
      throw PostgresConnector.refused(
          "The table %s.%s was not loaded.".formatted(schema, table.name()), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Outcome replace(Connection connection, WarehouseTable table, FilesToLoad files)
      throws SQLException, IOException {
    PostgresStaging staging = new PostgresStaging(schema, table);
    staging.create(connection);
    try {
      staging.fill(connection, spark, connector, files);
      return swap(connection, table, files.published(), staging);
    } catch (SQLException | IOException e) {
      throw e;
    } catch (Exception e) {
      throw explained(e, table);
    } finally {
      drop(connection, staging);
    }
  }

  private Outcome swap(
      Connection connection, WarehouseTable table, PublishedFiles files, PostgresStaging staging)
      throws SQLException {
    audit.lock(connection);
    Optional<Outcome> decided = decided(connection, table, files);
    if (decided.isPresent()) {
      connection.commit();
      return decided.get();
    }
    tables.follow(connection, table, staging.unqualifiedName());
    requireAll("staged", staging.count(connection), table, files);
    String target = PostgresSql.qualified(schema, table.name());
    String columns = PostgresSql.quoted(table.columnNames());
    try (Statement statement = connection.createStatement()) {
      // Not TRUNCATE: it would take the rows away from readers before the commit.
      statement.executeUpdate("DELETE FROM " + target);
      long inserted =
          statement.executeLargeUpdate(
              "INSERT INTO %s (%s) SELECT %s FROM %s"
                  .formatted(target, columns, columns, staging.qualifiedName()));
      requireAll("inserted", inserted, table, files);
    }
    audit.add(connection, table.name(), files);
    connection.commit();
    return Outcome.WRITTEN;
  }

  /** What needs no load: the same rows, or those of a later batch, are there. */
  private Optional<Outcome> decided(
      Connection connection, WarehouseTable table, PublishedFiles files) throws SQLException {
    Optional<Entry> newest = audit.newest(connection, table.name());
    if (newest.isPresent() && newest.get().n() > files.plan().n()) {
      return Optional.of(Outcome.SUPERSEDED);
    }
    if (newest.isEmpty() || !newest.get().inputs().equals(files.inputs())) {
      return Optional.empty();
    }
    if (newest.get().n() < files.plan().n()) {
      audit.add(connection, table.name(), files);
    }
    return Optional.of(Outcome.UNCHANGED);
  }

  private static void requireAll(
      String how, long rows, WarehouseTable table, PublishedFiles files) {
    if (rows != files.rows()) {
      throw new IllegalStateException(
          "%d rows of %s were %s, but its files have %d"
              .formatted(rows, table.name(), how, files.rows()));
    }
  }

  /** After a failure the transaction is gone, and the staging table is of no use to anybody. */
  private static void drop(Connection connection, PostgresStaging staging) throws SQLException {
    if (connection.isClosed()) {
      return;
    }
    connection.rollback();
    try (Statement statement = connection.createStatement()) {
      statement.execute("DROP TABLE IF EXISTS " + staging.qualifiedName());
    }
    connection.commit();
  }

  /** A task's failure comes wrapped in Spark's, which is checked and which no signature tells. */
  private RuntimeException explained(Exception failure, WarehouseTable table) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException refusal) {
        return PostgresConnector.refused(
            "The table %s.%s was not loaded.".formatted(schema, table.name()), refusal);
      }
    }
    return failure instanceof RuntimeException unchecked
        ? unchecked
        : new IllegalStateException(failure);
  }

  private Output output(WarehouseTable table, FilesToLoad files, Outcome outcome) {
    return new Output(
        Output.Kind.WAREHOUSE_TABLE,
        table.name(),
        outcome,
        schema + "." + table.name(),
        OptionalLong.of(files.published().rows()));
  }
}
