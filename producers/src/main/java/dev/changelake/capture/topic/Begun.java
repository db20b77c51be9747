package dev.changelake.capture.topic;

import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a capture has begun; it stands in the topic of offsets before the first record is sent.
 *
 * @param database tells one database from another, and from one that was restored elsewhere
 * @param slot the replication slot that the capture makes
 * @param tables the tables whose rows are in the topics, as {@code schema.table}
 * @param schema the form of messages: {@code none} or {@code inline}
 */
public record Begun(
    CapturePhase phase, String database, String slot, Set<String> tables, String schema) {
  public Begun {
    Objects.requireNonNull(phase, "phase");
    Objects.requireNonNull(database, "database");
    Objects.requireNonNull(slot, "slot");
    Objects.requireNonNull(schema, "schema");
    tables = Set.copyOf(tables);
  }

  /** The same in another phase. */
  public Begun in(CapturePhase next) {
    return new Begun(next, database, slot, tables, schema);
  }

  /** Tables of this one whose rows the other does not have, in order. */
  public Collection<String> tablesBeyond(Begun other) {
    Set<String> beyond = new TreeSet<>(tables);
    beyond.removeAll(other.tables);
    return beyond;
  }
}
