package dev.changelake.compact.dashboard;

import dev.changelake.compact.batch.Manifest;
import dev.changelake.compact.lake.Lake;
import dev.changelake.compact.output.OutputFolder;
import dev.changelake.compact.output.PublishedFiles;
import dev.changelake.compact.plan.BatchId;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;

/** Finds the pages that stand in the lake, by their paths under its root. */
public final class DashboardPages {
  private final Lake lake;

  public DashboardPages(Lake lake) {
    this.lake = lake;
  }

  /**
   * The index over all batches.
   *
   * @throws ChangelakeException of category usage if no page was ever made
   */
  public String index() {
    String path = new DashboardIndex(lake).path();
    if (lake.files().read(path).isEmpty()) {
      throw new ChangelakeException(
          ErrorCategory.USAGE,
          "The lake has no dashboard yet.",
          "No reports were made since Changelake makes dashboards.",
          "`bin/changelake report --batch <id>` makes that of a batch; `bin/changelake batches`"
              + " lists them.");
    }
    return path;
  }

  /**
   * The page of the batch with this very id.
   *
   * @throws ChangelakeException of category usage if there is no such batch, or no page of it
   */
  public String of(BatchId batch) {
    return of(
        lake.batches()
            .find(batch)
            .orElseThrow(
                () ->
                    new ChangelakeException(
                        ErrorCategory.USAGE,
                        "There is no finished batch %s.".formatted(batch),
                        "A dashboard is of a batch that has its manifest.",
                        "`bin/changelake batches` lists them; --as-of finds the batch of a date.")));
  }

  /**
   * The page of a batch.
   *
   * @throws ChangelakeException of category usage if it was not made, or another batch's stands for
   *     the date
   */
  public String of(Manifest manifest) {
    OutputFolder folder =
        new OutputFolder(lake.outputs(), lake.layout().dashboardFolder(manifest.businessDate()));
    PublishedFiles standing = folder.standing().orElseThrow(() -> notMade(manifest));
    if (standing.plan().n() > manifest.plan().n()) {
      throw new ChangelakeException(
          ErrorCategory.USAGE,
          "Batch %s has no dashboard of its own.".formatted(manifest.batch()),
          "Of several batches of one date the latest has the page: for %s that is %s."
              .formatted(manifest.businessDate(), standing.batch()),
          "Open that one with `--batch %s`; the older batch's tables are there by `query --as-of %s`."
              .formatted(standing.batch(), manifest.batch()));
    }
    if (standing.plan().n() < manifest.plan().n()) {
      throw notMade(manifest);
    }
    return folder.path() + "/" + standing.files().get(0).name();
  }

  private static ChangelakeException notMade(Manifest manifest) {
    return new ChangelakeException(
        ErrorCategory.USAGE,
        "Batch %s has no dashboard yet.".formatted(manifest.batch()),
        "It is made with the batch's reports.",
        "`bin/changelake report --batch %s` makes both.".formatted(manifest.batch()));
  }
}
