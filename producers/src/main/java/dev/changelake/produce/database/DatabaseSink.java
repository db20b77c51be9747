package dev.changelake.produce.database;

import dev.changelake.config.Configuration;
import dev.changelake.contract.TableContract;
import dev.changelake.contract.TableContracts;
import dev.changelake.postgres.DatabaseFailure;
import dev.changelake.postgres.SourceConnection;
import dev.changelake.produce.feed.Change;
import dev.changelake.produce.feed.Feed;
import dev.changelake.produce.feed.Task;
import dev.changelake.produce.publish.EventSink;
import dev.changelake.produce.publish.Tallies;
import dev.changelake.produce.publish.TopicTally;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Writes changes to the source database: the initial rows in one transaction, then each change in
 * one of its own.
 *
 * <p>How far a task has come is written with its changes, so that a run that was killed goes on,
 * and one that is repeated writes nothing.
 */
public final class DatabaseSink implements EventSink {
  private final Map<String, String> settings;
  private final TableContracts contracts;
  private final long seed;

  /**
   * Writes to the database that the configuration names.
   *
   * @param seed what all rows follow from; a database takes those of one seed
   */
  public DatabaseSink(Configuration configuration, TableContracts contracts, long seed) {
    this.settings = configuration.debezium();
    this.contracts = contracts;
    this.seed = seed;
  }

  @Override
  public void prepare(Collection<TableContract> tables) {
    try (Connection connection = open();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      for (String sql : PlatformTables.ddl(contracts, tables)) {
        statement.execute(sql);
      }
      statement.execute(TaskProgress.DDL);
      connection.commit();
    } catch (SQLException e) {
      throw DatabaseFailure.of(e);
    }
  }

  @Override
  public List<TopicTally> publish(Feed feed, Runnable afterEach) {
    try (Connection connection = open();
        Statement session = connection.createStatement()) {
      // A crash of the server may lose the last transactions, and with them that they were written.
      session.execute("SET synchronous_commit = off");
      connection.setAutoCommit(false);
      return write(feed, connection, afterEach);
    } catch (SQLException e) {
      throw DatabaseFailure.of(e);
    }
  }

  private List<TopicTally> write(Feed feed, Connection connection, Runnable afterEach)
      throws SQLException {
    Tallies tallies = new Tallies();
    try (TaskProgress progress = TaskProgress.begin(connection, feed, seed);
        RowStatements rows = new RowStatements(connection)) {
      long ordinal = 0;
      for (Iterator<Change> changes = feed.changes().iterator(); changes.hasNext(); ordinal++) {
        Change change = changes.next();
        if (ordinal >= progress.written()) {
          TableContract contract = contracts.get(change.table());
          rows.execute(contract, change);
          tallies.add(contract.topic(), change.operation().code());
          if (feed.task() != Task.INIT) {
            progress.advance(ordinal + 1);
            connection.commit();
          }
        }
        afterEach.run();
      }
      progress.advance(ordinal);
      connection.commit();
    }
    return tallies.byTopic();
  }

  private Connection open() {
    return SourceConnection.open(settings, "changelake produce");
  }
}
