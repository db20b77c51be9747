package dev.changelake.compact.publish;

import dev.changelake.compact.batch.Manifest;
import dev.changelake.compact.lake.Lake;
import dev.changelake.compact.output.OutputFolder;
import dev.changelake.compact.output.PublishedFiles;
import dev.changelake.compact.report.Report;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.util.Optional;

/** The reports of batches as they stand in the lake. */
record StandingReports(Lake lake) {
  /**
   * A report's files, of the batch or of a later one of its date.
   *
   * @throws ChangelakeException of category usage if the batch's report was not made yet
   */
  PublishedFiles of(Report report, Manifest manifest) {
    Optional<PublishedFiles> files =
        new OutputFolder(lake.outputs(), path(lake, report, manifest)).standing();
    if (files.isEmpty() || files.get().plan().n() < manifest.plan().n()) {
      throw new ChangelakeException(
          ErrorCategory.USAGE,
          "The report %s of batch %s is not made yet.".formatted(report.name(), manifest.batch()),
          "The warehouse gets reports as they stand in the lake.",
          "Run `bin/changelake report --batch %s` first.".formatted(manifest.batch()));
    }
    return files.get();
  }

  /** A report's folder, under the lake's root. */
  static String path(Lake lake, Report report, Manifest manifest) {
    return lake.layout().reportFolder(report.name(), manifest.businessDate());
  }
}
