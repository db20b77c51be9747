package dev.changelake.capture.source;

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

  /** A table of the database and the contract that its topic is read by. */
  public record Table(String schema, String name, TableContract contract) {
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
