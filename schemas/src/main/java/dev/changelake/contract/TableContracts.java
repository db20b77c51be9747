package dev.changelake.contract;

import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All contracts, checked against each other. */
public final class TableContracts {
  private static final String FOLDER = "tables";

  private final Map<String, TableContract> byTable;

  private TableContracts(Map<String, TableContract> byTable) {
    this.byTable = Collections.unmodifiableMap(byTable);
  }

  /**
   * Reads the contracts that Changelake brings and those of a further folder.
   *
   * @throws ChangelakeException of category usage, naming the file and the field
   */
  public static TableContracts load(Optional<Path> furtherFolder) {
    return load(TableContracts.class.getClassLoader(), furtherFolder);
  }

  static TableContracts load(ClassLoader shipped, Optional<Path> furtherFolder) {
    Map<String, TableContract> contracts = new TreeMap<>();
    try {
      for (Map.Entry<String, byte[]> file :
          DefinitionFiles.read(shipped, FOLDER, furtherFolder, ".json").entrySet()) {
        contracts.put(file.getKey(), parse(file.getKey(), file.getValue()));
      }
    } catch (IOException e) {
      throw new ChangelakeException(
              ErrorCategory.USAGE,
              "The table contracts cannot be read.",
              e + ".",
              "Check contracts.directory in the configuration.")
          .causedBy(e);
    }
    if (contracts.isEmpty()) {
      throw new ChangelakeException(
          ErrorCategory.USAGE,
          "There are no table contracts.",
          "The class path has no folder %s with a .json file in it.".formatted(FOLDER),
          "Check the installation: the jar of schemas brings the contracts.");
    }
    return of(contracts);
  }

  /** Checks the contracts against each other; they are named as their files are. */
  static TableContracts of(Map<String, TableContract> contracts) {
    Map<String, TableContract> byTable = new TreeMap<>();
    Map<String, String> fileByTable = new TreeMap<>();
    Map<String, String> fileByTopic = new TreeMap<>();
    contracts.forEach(
        (file, contract) -> {
          requireFirst(file, fileByTable.put(contract.table(), file), "table");
          requireFirst(file, fileByTopic.put(contract.topic(), file), "topic");
          byTable.put(contract.table(), contract);
        });
    contracts.forEach(
        (file, contract) -> {
          try {
            ContractRelations.check(contract, byTable);
          } catch (ContractException e) {
            throw refused(file, e);
          }
        });
    return new TableContracts(byTable);
  }

  private static void requireFirst(String file, String other, String field) {
    if (other != null) {
      throw refused(file, new ContractException(field, "is that of %s too".formatted(other)));
    }
  }

  /**
   * The contracts of tables that have followed their sources.
   *
   * @param changes of each table, in their order
   */
  public TableContracts evolved(Map<String, List<ColumnChange>> changes) {
    Map<String, TableContract> evolved = new TreeMap<>(byTable);
    evolved.replaceAll(
        (table, contract) -> contract.evolved(changes.getOrDefault(table, List.of())));
    return new TableContracts(evolved);
  }

  /** All contracts, by the name of the table. */
  public Collection<TableContract> all() {
    return byTable.values();
  }

  /** The contracts of the tables that the lake holds: all that are more than a feed. */
  public List<TableContract> targets() {
    return byTable.values().stream().filter(table -> table.mode() != TableMode.FEED).toList();
  }

  /** The contract of that table. */
  public Optional<TableContract> find(String table) {
    return Optional.ofNullable(byTable.get(table));
  }

  /** The contract of that table, which is known to exist. */
  public TableContract get(String table) {
    return find(table).orElseThrow(() -> new IllegalArgumentException("No contract of " + table));
  }

  private static TableContract parse(String file, byte[] content) throws IOException {
    try {
      return ContractFile.parse(content);
    } catch (ContractException e) {
      throw refused(file, e);
    }
  }

  private static ChangelakeException refused(String file, ContractException why) {
    return new ChangelakeException(
        ErrorCategory.USAGE,
        "The table contract %s is refused.".formatted(file),
        why.getMessage() + ".",
        "Correct the field; schemas/README.md and contract.schema.json say what it may hold.");
  }
}
