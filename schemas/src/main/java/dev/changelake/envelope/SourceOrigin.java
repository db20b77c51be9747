package dev.changelake.envelope;

import dev.changelake.contract.SourceTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Where a record comes from, or where all records of a topic have to come from.
 *
 * @param name the connector's {@code topic.prefix}; null if it is not said, as each of these
 * @param db the database
 * @param schema the schema; a source without schemas has none
 */
public record SourceOrigin(String name, String db, String schema) {
  /** Nothing is known of the origin. */
  public static final SourceOrigin UNKNOWN = new SourceOrigin(null, null, null);

  private static final List<Part> PARTS =
      List.of(
          new Part("name", SourceOrigin::name, SourceTable::name),
          new Part("db", SourceOrigin::db, SourceTable::database),
          new Part("schema", SourceOrigin::schema, SourceTable::schema));

  /** An empty name is none: a message of the log has no schema. */
  public SourceOrigin {
    name = name == null || name.isEmpty() ? null : name;
    db = db == null || db.isEmpty() ? null : db;
    schema = schema == null || schema.isEmpty() ? null : schema;
  }

  private record Part(
      String name,
      Function<SourceOrigin, String> of,
      Function<SourceTable, Optional<String>> said) {}

  /** Whether the contract and what was pinned before leave nothing open. */
  public boolean isSettled(SourceTable contract) {
    return contract.several()
        || PARTS.stream().allMatch(part -> part.of().apply(required(contract)) != null);
  }

  /** The origin that records must have: what the contract says, else what this one pins. */
  public SourceOrigin required(SourceTable contract) {
    SourceOrigin pinned = contract.several() ? UNKNOWN : this;
    return new SourceOrigin(
        contract.name().orElse(pinned.name),
        contract.database().orElse(pinned.db),
        contract.schema().orElse(pinned.schema));
  }

  /** The part of another origin that differs from this one; what either lacks does not differ. */
  Optional<String> differsIn(SourceOrigin other) {
    return PARTS.stream()
        .filter(part -> part.of().apply(this) != null && part.of().apply(other) != null)
        .filter(part -> !part.of().apply(this).equals(part.of().apply(other)))
        .map(Part::name)
        .findFirst();
  }

  /** The parts of which these records have several, with what they have. */
  public static List<String> ambiguous(Collection<SourceOrigin> records) {
    List<String> found = new ArrayList<>();
    for (Part part : PARTS) {
      TreeSet<String> names = names(part, records);
      if (names.size() > 1) {
        found.add("source.%s %s".formatted(part.name(), names));
      }
    }
    return found;
  }

  /** This origin, with what it lacks taken from records of which each part has one name alone. */
  public SourceOrigin completed(Collection<SourceOrigin> records) {
    return new SourceOrigin(
        completed(PARTS.get(0), records),
        completed(PARTS.get(1), records),
        completed(PARTS.get(2), records));
  }

  private String completed(Part part, Collection<SourceOrigin> records) {
    String known = part.of().apply(this);
    TreeSet<String> names = names(part, records);
    return known != null || names.isEmpty() ? known : names.first();
  }

  private static TreeSet<String> names(Part part, Collection<SourceOrigin> records) {
    TreeSet<String> names = new TreeSet<>();
    records.stream().map(part.of()).filter(name -> name != null).forEach(names::add);
    return names;
  }
}
