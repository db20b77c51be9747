package dev.changelake.compact.report;

import dev.changelake.contract.DefinitionFiles;
import dev.changelake.contract.TableContracts;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All reports: those that Changelake brings and those of a further folder. */
public final class Reports {
  private static final String FOLDER = "reports";
  private static final String SUFFIX = ".sql";

  private final Map<String, Report> byName;

  private Reports(Map<String, Report> byName) {
    this.byName = byName;
  }

  /**
   * Reads the reports.
   *
   * @param contracts the tables, whose names no report may have
   * @throws ChangelakeException of category usage, naming the file
   */
  public static Reports load(Optional<Path> furtherFolder, TableContracts contracts) {
    Map<String, Report> reports = new TreeMap<>();
    try {
      DefinitionFiles.read(Reports.class.getClassLoader(), FOLDER, furtherFolder, SUFFIX)
          .forEach((file, content) -> add(reports, file, content, contracts));
    } catch (IOException e) {
      throw new ChangelakeException(
              ErrorCategory.USAGE,
              "The reports cannot be read.",
              e + ".",
              "Check reports.directory in the configuration.")
          .causedBy(e);
    }
    return new Reports(reports);
  }

  private static void add(
      Map<String, Report> reports, String file, byte[] content, TableContracts contracts) {
    String name = file.substring(file.lastIndexOf('/') + 1, file.length() - SUFFIX.length());
    try {
      Report report = ReportFile.parse(name, content);
      if (contracts.find(name).isPresent() || reports.putIfAbsent(name, report) != null) {
        throw new IllegalArgumentException("a table or another report has its name");
      }
    } catch (IllegalArgumentException e) {
      throw new ChangelakeException(
              ErrorCategory.USAGE,
              "The report %s is refused.".formatted(file),
              e.getMessage() + ".",
              "Begin the file as the others do: a line on what it tells, a line `-- column <name>"
                  + " <type>` for each column, and `-- key <columns>`.")
          .causedBy(e);
    }
  }

  /** The reports, by name. */
  public Collection<Report> all() {
    return byName.values();
  }
}
