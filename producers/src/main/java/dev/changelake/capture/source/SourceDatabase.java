package dev.changelake.capture.source;

import dev.changelake.postgres.DatabaseFailure;
import dev.changelake.postgres.SourceConnection;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A connection to the captured database beside Debezium's own, for what has to be known first. */
public final class SourceDatabase implements AutoCloseable {
  private static final Duration PATIENCE_WITH_READER = Duration.ofSeconds(20);

  private final Connection connection;

  private SourceDatabase(Connection connection) {
    this.connection = connection;
  }

  /**
   * Connects.
   *
   * @param settings Debezium's properties {@code database.*}
   */
  public static SourceDatabase connect(Map<String, String> settings) {
    return new SourceDatabase(SourceConnection.open(settings, "changelake capture"));
  }

  /** Refuses a database whose log has no rows in it. */
  public void requireLogicalLog() {
    String level = text("SHOW wal_level").orElseThrow();
    if (!level.equals("logical")) {
      throw SourceErrors.notLogical(level);
    }
  }

  /** Refuses tables that are missing, or whose primary key is not the contract's. */
  public void requireTables(CapturedTables tables) {
    List<String> faults = new ArrayList<>();
    for (CapturedTables.Table table : tables.tables()) {
      Set<String> key = primaryKey(table);
      if (!exists(table)) {
        faults.add("there is no table " + table.qualified());
      } else if (!key.equals(new HashSet<>(table.contract().key()))) {
        faults.add(
            "%s has the primary key %s, the contract %s"
                .formatted(table.qualified(), new TreeSet<>(key), table.contract().key()));
      }
    }
    if (!faults.isEmpty()) {
      throw SourceErrors.wrongTables(faults);
    }
  }

  private boolean exists(CapturedTables.Table table) {
    return text(
            "SELECT 1 FROM information_schema.tables WHERE table_schema = ? AND table_name = ?",
            table.schema(),
            table.name())
        .isPresent();
  }

  private Set<String> primaryKey(CapturedTables.Table table) {
    Set<String> columns = new HashSet<>();
    try (ResultSet key =
        connection.getMetaData().getPrimaryKeys(null, table.schema(), table.name())) {
      while (key.next()) {
        columns.add(key.getString("COLUMN_NAME"));
      }
    } catch (SQLException e) {
      throw DatabaseFailure.of(e);
    }
    return columns;
  }

  /** The slot of that name. */
  public Optional<ReplicationSlot> slot(String name) {
    try (PreparedStatement query =
        connection.prepareStatement(
            """
            SELECT active_pid, confirmed_flush_lsn IS NOT NULL, wal_status = 'lost'
            FROM pg_replication_slots WHERE slot_name = ?""")) {
      query.setString(1, name);
      try (ResultSet row = query.executeQuery()) {
        return row.next()
            ? Optional.of(
                new ReplicationSlot(
                    name, Optional.ofNullable(row.getObject(1, Integer.class)), row.getBoolean(2), row.getBoolean(3)))
            : Optional.empty();
      }
    } catch (SQLException e) {
      throw DatabaseFailure.of(e);
    }
  }

  /** The slot once nobody reads it: the database may not have noticed yet that a reader ended. */
  public Optional<ReplicationSlot> freeSlot(String name) throws InterruptedException {
    long begin = System.nanoTime();
    Optional<ReplicationSlot> slot = slot(name);
    while (slot.isPresent() && slot.get().readerPid().isPresent()) {
      if (System.nanoTime() - begin > PATIENCE_WITH_READER.toNanos()) {
        throw SourceErrors.slotInUse(slot.get());
      }
      Thread.sleep(200);
      slot = slot(name);
    }
    return slot;
  }

  /** Removes a slot that nobody reads. */
  public void dropSlot(ReplicationSlot slot) {
    text("SELECT pg_drop_replication_slot(?)::text", slot.name());
  }

  /** Writes a marker; whoever reads the log comes past it after all that was committed before. */
  public void write(Marker marker) {
    text("SELECT pg_logical_emit_message(false, ?, ?)::text", Marker.PREFIX, marker.content());
  }

  private Optional<String> text(String sql, String... parameters) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setString(i + 1, parameters[i]);
      }
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? Optional.ofNullable(row.getString(1)) : Optional.empty();
      }
    } catch (SQLException e) {
      throw DatabaseFailure.of(e);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw DatabaseFailure.of(e);
    }
  }
}
