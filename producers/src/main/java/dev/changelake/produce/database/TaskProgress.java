package dev.changelake.produce.database;

import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import dev.changelake.produce.feed.Feed;
import dev.changelake.produce.feed.Task;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** How many changes of a task a day's run has written, in the same transactions as these. */
final class TaskProgress implements AutoCloseable {
  static final String DDL =
      """
      CREATE SCHEMA IF NOT EXISTS mock;
      CREATE TABLE IF NOT EXISTS mock.progress (
        task text, day date, seed bigint NOT NULL, rows bigint NOT NULL, changes bigint NOT NULL,
        PRIMARY KEY (task, day))""";

  /** Rows of the table that the task contradicts. */
  private static final String OTHERS =
      """
      SELECT task, day, seed, rows FROM mock.progress
      WHERE seed <> ? OR (task = ? AND (day = ? OR task = 'init') AND (day, rows) <> (?, ?))""";

  private final PreparedStatement update;
  private final long written;

  private TaskProgress(PreparedStatement update, long written) {
    this.update = update;
    this.written = written;
  }

  /**
   * Begins the task, or finds how far it has come; nobody else writes meanwhile.
   *
   * @param seed what all rows follow from
   * @throws ChangelakeException if the database holds the rows of another platform
   */
  static TaskProgress begin(Connection connection, Feed feed, long seed) throws SQLException {
    requireAlone(connection);
    requireSamePlatform(connection, feed, seed);
    try (PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO mock.progress VALUES (?, ?, ?, ?, 0) ON CONFLICT DO NOTHING");
        PreparedStatement query =
            connection.prepareStatement(
                "SELECT changes FROM mock.progress WHERE task = ? AND day = ?")) {
      name(insert, feed, 1);
      insert.setLong(3, seed);
      insert.setLong(4, feed.size());
      insert.execute();
      name(query, feed, 1);
      try (ResultSet row = query.executeQuery()) {
        row.next();
        PreparedStatement update =
            connection.prepareStatement(
                "UPDATE mock.progress SET changes = ? WHERE task = ? AND day = ?");
        name(update, feed, 2);
        return new TaskProgress(update, row.getLong(1));
      }
    }
  }

  /** Until the connection is closed. */
  private static void requireAlone(Connection connection) throws SQLException {
    try (PreparedStatement lock =
            connection.prepareStatement(
                "SELECT pg_try_advisory_lock(hashtext('changelake mock'))");
        ResultSet row = lock.executeQuery()) {
      row.next();
      if (!row.getBoolean(1)) {
        throw new ChangelakeException(
            ErrorCategory.SOURCE,
            "Another `produce` writes into the source database.",
            "Two at once would write the same changes.",
            "Run the command again when the other one has ended.");
      }
    }
  }

  private static void requireSamePlatform(Connection connection, Feed feed, long seed)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(OTHERS)) {
      query.setLong(1, seed);
      name(query, feed, 2);
      query.setObject(4, feed.day());
      query.setLong(5, feed.size());
      try (ResultSet row = query.executeQuery()) {
        if (row.next()) {
          throw new ChangelakeException(
              ErrorCategory.USAGE,
              "The source database holds the rows of another platform.",
              "It got `%s` of %s with %d changes and seed %d; asked for are %d changes of %s with seed %d."
                  .formatted(
                      row.getString(1),
                      row.getString(2),
                      row.getLong(4),
                      row.getLong(3),
                      feed.size(),
                      feed.day(),
                      seed),
              "Repeat the command as it was, or use an empty database.");
        }
      }
    }
    requireStarted(connection, feed);
  }

  private static void requireStarted(Connection connection, Feed feed) throws SQLException {
    try (PreparedStatement query =
            connection.prepareStatement(
                "SELECT 1 FROM mock.progress WHERE task = 'init' AND changes > 0");
        ResultSet row = query.executeQuery()) {
      if (feed.task() != Task.INIT && !row.next()) {
        throw new ChangelakeException(
            ErrorCategory.USAGE,
            "The source database has not got the platform's initial rows.",
            "A day's rows refer to them.",
            "Run `bin/changelake produce init --into database` with an empty lake first.");
      }
    }
  }

  /** How many changes were written before. */
  long written() {
    return written;
  }

  void advance(long changes) throws SQLException {
    update.setLong(1, changes);
    update.executeUpdate();
  }

  private static void name(PreparedStatement statement, Feed feed, int first) throws SQLException {
    statement.setString(first, feed.task().command());
    statement.setObject(first + 1, feed.day());
  }

  @Override
  public void close() throws SQLException {
    update.close();
  }
}
