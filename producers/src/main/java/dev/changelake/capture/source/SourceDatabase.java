package dev.changelake.capture.source;

import dev.changelake.error.ChangelakeException;
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
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/** A connection to the captured database beside Debezium's own, for what has to be known first. */
public final class SourceDatabase implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String TRY_LOCK = "SELECT pg_try_advisory_lock(hashtext(?))";
  private static final String SLOT =
      """
      SELECT active_pid, (confirmed_flush_lsn - '0/0'::pg_lsn)::bigint, wal_status = 'lost'
      FROM pg_replication_slots WHERE slot_name = ?""";

  /** What a table is, how it is kept, and what of an old row its log tells. */
  private static final String KIND =
      """
      SELECT concat(c.relkind, c.relpersistence, c.relreplident)
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = ? AND c.relname = ? AND c.relkind IN ('r', 'p', 'v', 'm', 'f')""";

  private static final Set<String> ORDINARY = Set.of("rpd", "rpf");

  /**
   * Why PostgreSQL would refuse updates and deletes of a table once it is published, or rows would
   * not come by the table's own name: see CREATE PUBLICATION and the server's check of replica
   * identities.
   */
  private static final String HAZARD =
      """
      SELECT CASE
        WHEN c.relreplident = 'd' AND NOT i.indimmediate
          THEN 'has a primary key that is DEFERRABLE, by which PostgreSQL refuses to publish updates'
            || ' and deletes: make it NOT DEFERRABLE, or set REPLICA IDENTITY FULL'
        WHEN c.relreplident = 'f' AND EXISTS (
            SELECT FROM pg_attribute a
            WHERE a.attrelid = c.oid AND a.attgenerated <> '' AND NOT a.attisdropped)
          THEN 'has REPLICA IDENTITY FULL and a generated column, which is not published: PostgreSQL'
            || ' would refuse its updates and deletes; set REPLICA IDENTITY DEFAULT'
        WHEN EXISTS (
            SELECT FROM pg_attribute a
            WHERE a.attrelid = c.oid AND a.attgenerated <> '' AND a.attnum = ANY (i.indkey))
          THEN 'has a generated column in its primary key, which is not published: PostgreSQL would'
            || ' refuse its updates and deletes; take another key'
        WHEN EXISTS (SELECT FROM pg_inherits h WHERE h.inhparent = c.oid)
          THEN 'has children that inherit from it: a snapshot reads their rows as its own, and the log'
            || ' does not; capture the children, or take them away'
      END
      FROM pg_class c
      JOIN pg_namespace n ON n.oid = c.relnamespace
      LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
      WHERE n.nspname = ? AND c.relname = ? AND c.relkind = 'r'""";

  /** The table itself, whatever its name, and its membership in the publication. */
  private static final String RELATION =
      """
      SELECT concat(r.prrelid, '/', r.oid, '/', p.oid)
      FROM pg_publication p
      JOIN pg_publication_rel r ON r.prpubid = p.oid
      JOIN pg_class c ON c.oid = r.prrelid
      JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE p.pubname = ? AND n.nspname = ? AND c.relname = ?""";

  private static final String LOG_END =
      """
      SELECT ((CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END)
        - '0/0'::pg_lsn)::bigint::text""";
  private static final String TIMELINE =
      """
      SELECT CASE WHEN pg_is_in_recovery() THEN (SELECT timeline_id FROM pg_control_checkpoint())
        ELSE ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::int END::text""";
  private static final String HISTORY =
      "SELECT pg_read_file('pg_wal/' || lpad(upper(to_hex(?::int)), 8, '0') || '.history')";
  private static final String INSUFFICIENT_PRIVILEGE = "42501";

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

  /** Tells this database from others, and from one that its files were copied to. */
  public String identity() {
    return text("SELECT system_identifier || '/' || current_database() FROM pg_control_system()")
        .orElseThrow();
  }

  /**
   * Makes sure that no other capture reads or makes this slot until the connection is closed: a
   * slot has no reader while a snapshot is taken.
   */
  public void lock(String slot) throws InterruptedException {
    await(
        () -> {
          boolean got = text(TRY_LOCK, "changelake capture " + slot).orElseThrow().equals("t");
          return got ? Optional.of(true) : Optional.empty();
        },
        () -> SourceErrors.captureRuns(slot));
  }

  /**
   * Refuses tables that are missing, that cannot be captured, or whose key is not the contract's.
   */
  public void requireTables(CapturedTables tables) {
    List<String> faults = new ArrayList<>();
    for (CapturedTables.Table table : tables.tables()) {
      Set<String> key = primaryKey(table);
      Optional<String> kind = text(KIND, table.schema(), table.name());
      if (kind.isEmpty()) {
        faults.add("there is no table " + table.qualified());
      } else if (!ORDINARY.contains(kind.get())) {
        faults.add(
            "%s is no ordinary, logged table whose replica identity is its key or the full row"
                .formatted(table.qualified()));
      } else if (!key.equals(table.key())) {
        faults.add(
            "%s has the primary key %s, the contract %s"
                .formatted(table.qualified(), new TreeSet<>(key), new TreeSet<>(table.key())));
      } else {
        text(HAZARD, table.schema(), table.name())
            .ifPresent(hazard -> faults.add(table.qualified() + " " + hazard));
      }
    }
    if (!faults.isEmpty()) {
      throw SourceErrors.wrongTables(faults);
    }
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

  /** Makes the publication of that name hold exactly these tables. */
  public void publish(String publication, CapturedTables tables) {
    try {
      new Publication(connection, publication).hold(tables);
    } catch (SQLException e) {
      throw DatabaseFailure.of(e);
    }
  }

  /**
   * What the tables' names mean in the publication now: another table of the name, or one that was
   * taken out and put back, has other identifiers.
   */
  public Map<String, String> relations(String publication, CapturedTables tables) {
    Map<String, String> relations = new TreeMap<>();
    for (CapturedTables.Table table : tables.tables()) {
      relations.put(
          table.qualified(),
          text(RELATION, publication, table.schema(), table.name())
              .orElseThrow(() -> SourceErrors.unpublished(table.qualified())));
    }
    return relations;
  }

  /** How far the server's log goes, and of which of its lives. */
  public ServerLog log() {
    int timeline = Integer.parseInt(text(TIMELINE).orElseThrow());
    return new ServerLog(
        timeline, Long.parseLong(text(LOG_END).orElseThrow()), timelineHistory(timeline));
  }

  /** Where the timeline and those before it began; empty if this user may not read it. */
  private Optional<String> timelineHistory(int timeline) {
    if (timeline == 1) {
      return Optional.of("");
    }
    try (PreparedStatement query = connection.prepareStatement(HISTORY)) {
      query.setInt(1, timeline);
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? Optional.ofNullable(row.getString(1)) : Optional.empty();
      }
    } catch (SQLException e) {
      if (INSUFFICIENT_PRIVILEGE.equals(e.getSQLState())) {
        return Optional.empty();
      }
      throw DatabaseFailure.of(e);
    }
  }

  /** The slot of that name. */
  public Optional<ReplicationSlot> slot(String name) {
    try (PreparedStatement query = connection.prepareStatement(SLOT)) {
      query.setString(1, name);
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? Optional.of(slot(name, row)) : Optional.empty();
      }
    } catch (SQLException e) {
      throw DatabaseFailure.of(e);
    }
  }

  private static ReplicationSlot slot(String name, ResultSet row) throws SQLException {
    Long confirmed = row.getObject(2, Long.class);
    return new ReplicationSlot(
        name,
        Optional.ofNullable(row.getObject(1, Integer.class)),
        confirmed == null ? OptionalLong.empty() : OptionalLong.of(confirmed),
        row.getBoolean(3));
  }

  /** The slot once nobody reads it: the database may not have noticed yet that a reader ended. */
  public Optional<ReplicationSlot> freeSlot(String name) throws InterruptedException {
    return await(
        () -> {
          Optional<ReplicationSlot> slot = slot(name);
          boolean free = slot.flatMap(ReplicationSlot::readerPid).isEmpty();
          return free ? Optional.of(slot) : Optional.empty();
        },
        () -> SourceErrors.slotInUse(name));
  }

  private static <T> T await(
      Supplier<Optional<T>> question, Supplier<ChangelakeException> impatience)
      throws InterruptedException {
    long begin = System.nanoTime();
    Optional<T> answer = question.get();
    while (answer.isEmpty()) {
      if (System.nanoTime() - begin > PATIENCE.toNanos()) {
        throw impatience.get();
      }
      Thread.sleep(200);
      answer = question.get();
    }
    return answer.get();
  }

  /** Removes a slot that nobody reads. */
  public void dropSlot(ReplicationSlot slot) {
    text("SELECT pg_drop_replication_slot(?)::text", slot.name());
  }

  /** Writes a marker; whoever reads the log comes past it after all that was committed before. */
  public void write(Marker marker) {
    text("SELECT pg_logical_emit_message(false, ?, '')::text", marker.prefix());
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
