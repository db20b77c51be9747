package dev.changelake.compact.dashboard;

import dev.changelake.compact.batch.Batches;
import dev.changelake.compact.batch.Manifest;
import dev.changelake.compact.lake.Lake;
import dev.changelake.compact.output.OutputFolder;
import dev.changelake.compact.output.PublishedFiles;
import dev.changelake.compact.result.Output.Outcome;
import dev.changelake.compact.store.OutputFiles.Tagged;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The page over all batches, made of the lake's manifests and of the pages that stand there. */
final class DashboardIndex {
  private final Lake lake;

  DashboardIndex(Lake lake) {
    this.lake = lake;
  }

  /** The index's path under the lake's root. */
  String path() {
    return lake.layout().dashboards() + "/index.html";
  }

  /**
   * Makes the index anew. It is swapped for the one that was seen before the pages were looked for:
   * of drivers that do this at the same time, the last has seen the pages of all.
   */
  Outcome rebuild() {
    while (true) {
      Optional<Tagged> seen = lake.outputs().readTagged(path());
      byte[] index = write();
      if (seen.isPresent() && Arrays.equals(seen.get().content(), index)) {
        return Outcome.UNCHANGED;
      }
      if (lake.outputs().swap(path(), seen, index)) {
        return Outcome.WRITTEN;
      }
    }
  }

  private byte[] write() {
    String style = PageFiles.own("style.css");
    List<Entry> entries = entries();
    return DashboardPage.render(
        "index.html",
        Map.of(
            "policy",
            "default-src 'none'; style-src %s; img-src data:; base-uri 'none'; form-action 'none'"
                .formatted(PageFiles.policyHash(style)),
            "style",
            style,
            "lead",
            entries.size() == 1 ? "One finished batch" : entries.size() + " finished batches",
            "batches",
            entries));
  }

  private List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    Map<LocalDate, Optional<PublishedFiles>> pages = new HashMap<>();
    for (Batches.Entry batch : lake.batches().all()) {
      Manifest manifest = lake.batches().read(batch);
      Optional<PublishedFiles> page =
          pages.computeIfAbsent(manifest.businessDate(), date -> folder(date).standing());
      entries.add(0, entry(manifest, page));
    }
    return entries;
  }

  private static Entry entry(Manifest manifest, Optional<PublishedFiles> page) {
    BatchFacts facts = new BatchFacts(manifest);
    boolean own = page.filter(files -> files.batch().equals(manifest.batch())).isPresent();
    return new Entry(
        manifest.batch().text(),
        manifest.businessDate(),
        manifest.createdAt(),
        facts.finishedShort(),
        facts.landed(),
        facts.quarantined(),
        page.filter(files -> own)
            .map(files -> files.businessDate() + "/" + files.files().get(0).name()),
        page.filter(files -> files.plan().n() > manifest.plan().n())
            .map(files -> "no page: that of %s has the date".formatted(files.batch()))
            .orElse("no page yet"));
  }

  private OutputFolder folder(LocalDate date) {
    return new OutputFolder(lake.outputs(), lake.layout().dashboardFolder(date));
  }

  /**
   * One batch on the index.
   *
   * @param page its page's path from the index
   * @param why what is said if it has none
   */
  record Entry(
      String batch,
      LocalDate date,
      Instant finished,
      String finishedShort,
      String landed,
      String quarantined,
      Optional<String> page,
      String why) {
    Entry {
      Objects.requireNonNull(batch, "batch");
      Objects.requireNonNull(date, "date");
      Objects.requireNonNull(finished, "finished");
      Objects.requireNonNull(page, "page");
      Objects.requireNonNull(why, "why");
    }
  }
}
