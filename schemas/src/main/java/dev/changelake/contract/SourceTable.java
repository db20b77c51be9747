package dev.changelake.contract;

import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whose rows a topic holds, as the source itself spells it; what is not said is pinned by the first
 * batch that sees it.
 *
 * @param name the connector's {@code topic.prefix}
 * @param database the source's database
 * @param schema the table's schema, where the source has schemas
 * @param table the table's name, where it is not the contract's
 * @param identifier the key column that says which of several tables a record is of; its value is
 *     in the record's key, and no source is pinned
 */
public record SourceTable(
    Optional<String> name,
    Optional<String> database,
    Optional<String> schema,
    Optional<String> table,
    Optional<String> identifier) {
  /** Nothing is said of the source. */
  public static final SourceTable UNSAID =
      new SourceTable(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  public SourceTable {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(database, "database");
    Objects.requireNonNull(schema, "schema");
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(identifier, "identifier");
    if (Stream.of(name, database, schema, table, identifier)
        .flatMap(Optional::stream)
        .anyMatch(String::isEmpty)) {
      throw new IllegalArgumentException("a name of the source is not empty");
    }
  }

  /** Whether the topic holds rows of several tables, which a column of the key distinguishes. */
  public boolean several() {
    return identifier.isPresent();
  }
}
