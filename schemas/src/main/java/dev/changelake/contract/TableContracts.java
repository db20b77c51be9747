package dev.changelake.contract;

import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

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
      for (URL folder : Collections.list(shipped.getResources(FOLDER))) {
        contracts.putAll(readShipped(folder));
      }
      if (furtherFolder.isPresent()) {
        contracts.putAll(readFiles(furtherFolder.get(), ""));
      }
    } catch (IOException | URISyntaxException e) {
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

  private static Map<String, TableContract> readShipped(URL folder)
      throws IOException, URISyntaxException {
    if (!(folder.openConnection() instanceof JarURLConnection connection)) {
      return readFiles(Path.of(folder.toURI()), "");
    }
    Path jar = Path.of(connection.getJarFileURL().toURI());
    // A file system of our own: another reader of the same jar may close a shared one.
    try (FileSystem content = FileSystems.newFileSystem(jar)) {
      return readFiles(content.getPath("/" + FOLDER), jar + "!");
    }
  }

  private static Map<String, TableContract> readFiles(Path folder, String prefix)
      throws IOException {
    Map<String, TableContract> contracts = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(name -> name.toString().endsWith(".json")).sorted().toList()) {
        String label = prefix + file;
        try {
          contracts.put(label, ContractFile.parse(Files.readAllBytes(file)));
        } catch (ContractException e) {
          throw refused(label, e);
        }
      }
    }
    return contracts;
  }

  private static ChangelakeException refused(String file, ContractException why) {
    return new ChangelakeException(
        ErrorCategory.USAGE,
        "The table contract %s is refused.".formatted(file),
        why.getMessage() + ".",
        "Correct the field; schemas/README.md and contract.schema.json say what it may hold.");
  }
}
