package dev.changelake.capture.topic;

import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a capture has begun; it stands in the topic of offsets before the first record is sent.
 *
 * @param database tells one database from another, and from one that was restored elsewhere
 * @param slot the replication slot that the capture makes
 * @param tables the tables whose rows are in the topics, as {@code schema.table}
 * @param schema the form of messages: {@code none} or {@code inline}
 * @param relations what each table's name means in the database; empty where an earlier version
 *     began
 * @param timeline the timeline of the server's log; 0 where an earlier version began
 */
public record Begun(
    CapturePhase phase,
    String database,
    String slot,
    Set<String> tables,
    String schema,
    Map<String, String> relations,
    int timeline) {
  public Begun {
    Objects.requireNonNull(phase, "phase");
    Objects.requireNonNull(database, "database");
    Objects.requireNonNull(slot, "slot");
    Objects.requireNonNull(schema, "schema");
    tables = Set.copyOf(tables);
    relations = relations == null ? Map.of() : new TreeMap<>(relations);
  }

  /** The same in another phase. */
  public Begun in(CapturePhase next) {
    return new Begun(next, database, slot, tables, schema, relations, timeline);
  }

  /** What goes on from an earlier begin: its tables, and what is known of them by now. */
  public Begun goingOn(Begun earlier) {
    Map<String, String> known = new TreeMap<>(relations);
    known.putAll(earlier.relations);
    return new Begun(
        CapturePhase.STREAMING, database, slot, earlier.tables, schema, known, timeline);
  }

  /** Tables of both whose names mean something else now, in order. */
  public Collection<String> tablesChangedSince(Begun other) {
    Set<String> changed = new TreeSet<>();
    other.relations.forEach(
        (table, relation) -> {
          if (!relations.getOrDefault(table, relation).equals(relation)) {
            changed.add(table);
          }
        });
    return changed;
  }

  /** Tables of this one whose rows the other does not have, in order. */
  public Collection<String> tablesBeyond(Begun other) {
    Set<String> beyond = new TreeSet<>(tables);
    beyond.removeAll(other.tables);
    return beyond;
  }
}
