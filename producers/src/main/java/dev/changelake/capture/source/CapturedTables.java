package dev.changelake.capture.source;

import dev.changelake.contract.Column;
import dev.changelake.contract.SourceTable;
import dev.changelake.contract.TableContract;
import dev.changelake.contract.TableContracts;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The tables that are captured: those of the contracts whose topics have the prefix.
 *
 * @param prefix Debezium's {@code topic.prefix}
 */
public record CapturedTables(String prefix, List<Table> tables) {
  /** As Debezium names a topic: {@code <prefix>.<schema>.<table>}. */
  private static final Pattern TOPIC = Pattern.compile("([^.]+)\\.([^.]+)\\.([^.]+)");

  private static final Pattern TOPIC_CHARACTER = Pattern.compile("[a-zA-Z0-9._-]");

  /** A table of the database and the contract that its topic is read by. */
  public record Table(String schema, String name, TableContract contract) {
    /** The key's columns as the database spells them. */
    Set<String> key() {
      return contract.keyColumns().stream().map(Column::sourceName).collect(Collectors.toSet());
    }

    /** The table as messages name it. */
    public String qualified() {
      return schema + "." + name;
    }
  }

  public CapturedTables {
    tables = List.copyOf(tables);
  }

  /**
   * The contracts' tables.
   *
   * @param prefix the prefix that is configured; else the one that all contracts share
   */
  public static CapturedTables of(TableContracts contracts, Optional<String> prefix) {
    String chosen = prefix.orElseGet(() -> onlyPrefix(contracts));
    List<Table> tables =
        contracts.all().stream().flatMap(contract -> table(contract, chosen).stream()).toList();
    if (tables.isEmpty()) {
      throw new ChangelakeException(
          ErrorCategory.USAGE,
          "No table contract has a topic of the prefix %s.".formatted(chosen),
          "Only tables with a contract are captured, into topics named <prefix>.<schema>.<table>.",
          "Correct debezium.topic.prefix, or the topics in contracts.directory.");
    }
    return new CapturedTables(chosen, tables);
  }

  /** The tables as messages name them. */
  public Set<String> names() {
    return tables.stream().map(Table::qualified).collect(Collectors.toSet());
  }

  /** The topic of the database's logical messages. */
  public String messagesTopic() {
    return prefix + ".message";
  }

  /** The topics that the tables are captured into. */
  public List<String> topics() {
    return tables.stream().map(table -> table.contract().topic()).toList();
  }

  private static Optional<Table> table(TableContract contract, String prefix) {
    if (!contract.topic().startsWith(prefix + ".")) {
      return Optional.empty();
    }
    SourceTable source = contract.source();
    if (source.schema().isPresent() || source.table().isPresent()) {
      return Optional.of(said(contract, prefix));
    }
    Matcher topic = TOPIC.matcher(contract.topic());
    if (!topic.matches()) {
      throw new ChangelakeException(
          ErrorCategory.USAGE,
          "The topic %s of the contract %s names no table."
              .formatted(contract.topic(), contract.table()),
          "Debezium's topics are named <prefix>.<schema>.<table>.",
          "Correct the contract's topic, or set debezium.topic.prefix to that of this database.");
    }
    return Optional.of(new Table(topic.group(2), topic.group(3), contract));
  }

  /** A table that the contract spells itself; Debezium's name of its topic follows from it. */
  private static Table said(TableContract contract, String prefix) {
    String schema = contract.source().schema().orElse("public");
    String topic = topic("%s.%s.%s".formatted(prefix, schema, contract.sourceTable()));
    if (!contract.topic().equals(topic)) {
      throw new ChangelakeException(
          ErrorCategory.USAGE,
          "The topic %s of the contract %s is not that of its source."
              .formatted(contract.topic(), contract.table()),
          "Debezium sends the table %s of the schema %s to %s."
              .formatted(contract.sourceTable(), schema, topic),
          "Correct the contract's topic, or its source.");
    }
    return new Table(schema, contract.sourceTable(), contract);
  }

  /**
   * As Debezium writes a topic's name, in which each character that Kafka refuses is an {@code _}.
   */
  private static String topic(String name) {
    StringBuilder topic = new StringBuilder();
    for (char each : name.toCharArray()) {
      topic.append(TOPIC_CHARACTER.matcher(String.valueOf(each)).matches() ? each : '_');
    }
    return topic.toString();
  }

  private static String onlyPrefix(TableContracts contracts) {
    TreeSet<String> prefixes = new TreeSet<>();
    contracts.all().forEach(contract -> prefixes.add(contract.topic().split("\\.", 2)[0]));
    if (prefixes.size() != 1) {
      throw new ChangelakeException(
          ErrorCategory.USAGE,
          "It is not said which topics are this database's.",
          "The contracts' topics have the prefixes %s.".formatted(prefixes),
          "Set debezium.topic.prefix to one of them.");
    }
    return prefixes.first();
  }
}
