package dev.changelake.compact.dashboard;

import dev.changelake.compact.batch.Manifest;
import dev.changelake.compact.lake.Lake;
import dev.changelake.compact.output.Inputs;
import dev.changelake.compact.output.OutputFolder;
import dev.changelake.compact.output.OutputPart;
import dev.changelake.compact.output.PublishedFiles;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The reports of a batch as they stand in the lake, by their names; those that the batch lacks are
 * not there.
 *
 * @param superseded whether a later batch of the same date has put its own in their place
 */
record BatchReports(Map<String, ReportRows> byName, boolean superseded) {
  BatchReports {
    byName = Map.copyOf(byName);
  }

  Optional<ReportRows> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** Reads the reports that a page shows. */
  static BatchReports read(Lake lake, Manifest manifest) {
    Map<String, ReportRows> found = new TreeMap<>();
    boolean superseded = false;
    for (String name : Chart.REPORTS) {
      OutputFolder folder =
          new OutputFolder(
              lake.outputs(), lake.layout().reportFolder(name, manifest.businessDate()));
      rows(lake, manifest, folder).ifPresent(rows -> found.put(name, rows));
      // After the rows: what a later batch took away meanwhile must not count as missing.
      superseded |=
          folder.standing().filter(files -> files.plan().n() > manifest.plan().n()).isPresent();
    }
    return new BatchReports(found, superseded);
  }

  private static Optional<ReportRows> rows(Lake lake, Manifest manifest, OutputFolder folder) {
    while (true) {
      // One of an earlier batch stands there if this batch's could not be made.
      Optional<PublishedFiles> standing =
          folder.standing().filter(files -> files.plan().n() == manifest.plan().n());
      if (standing.isEmpty()) {
        return Optional.empty();
      }
      String path = path(folder, standing.get());
      Optional<byte[]> csv = content(lake, folder, standing.get());
      if (csv.isPresent()) {
        return csv.map(bytes -> ReportRows.parse(path, bytes));
      }
      // Another publish takes the old file away once its own is listed.
      if (standing.equals(folder.standing())) {
        throw gone(path);
      }
    }
  }

  private static Optional<byte[]> content(Lake lake, OutputFolder folder, PublishedFiles files) {
    OutputPart part = files.files().get(0);
    String path = path(folder, files);
    Optional<byte[]> content = lake.files().read(path);
    if (content.isPresent() && !Inputs.sha256(content.get()).equals(part.sha256())) {
      throw new ChangelakeException(
              ErrorCategory.TABLE,
              "The file %s is not the one that was published.".formatted(path),
              "Its SHA-256 is not the one that its folder's _SUCCESS lists.",
              "Delete the file, then run `bin/changelake report` again.")
          .notRetryable();
    }
    return content;
  }

  private static String path(OutputFolder folder, PublishedFiles files) {
    return folder.path() + "/" + files.files().get(0).name();
  }

  private static ChangelakeException gone(String path) {
    return new ChangelakeException(
        ErrorCategory.TABLE,
        "The file %s is gone.".formatted(path),
        "Its folder's _SUCCESS lists it.",
        "Run `bin/changelake report` again, which writes it anew.");
  }
}
