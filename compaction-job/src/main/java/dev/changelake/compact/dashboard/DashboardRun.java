package dev.changelake.compact.dashboard;

import dev.changelake.compact.batch.Manifest;
import dev.changelake.compact.lake.Lake;
import dev.changelake.compact.output.Inputs;
import dev.changelake.compact.output.OutputFolder;
import dev.changelake.compact.output.OutputFolder.Published;
import dev.changelake.compact.output.OutputPart;
import dev.changelake.compact.result.Output;
import dev.changelake.compact.store.SealedJson;
import java.util.List;
import java.util.OptionalLong;

/** Makes the page of one batch from its reports, then the index over all batches. */
public final class DashboardRun {
  private final Lake lake;

  public DashboardRun(Lake lake) {
    this.lake = lake;
  }

  /** Makes both; the batch's reports have been made before. */
  public List<Output> run(Manifest manifest) {
    OutputFolder folder =
        new OutputFolder(lake.outputs(), lake.layout().dashboardFolder(manifest.businessDate()));
    BatchReports reports = BatchReports.read(lake, manifest);
    Output.Outcome page =
        reports.superseded()
            // Its page would show another batch's numbers; that batch's report makes the date's.
            ? Output.Outcome.SUPERSEDED
            : publish(folder, manifest, reports).outcome();
    DashboardIndex index = new DashboardIndex(lake);
    return List.of(
        output("page", page, folder.path()), output("index", index.rebuild(), index.path()));
  }

  private Published publish(OutputFolder folder, Manifest manifest, BatchReports reports) {
    return folder.publish(
        manifest,
        inputs(manifest, reports),
        names -> {
          byte[] page = DashboardPage.write(manifest, reports);
          String name = names.name(0, "html");
          lake.outputs().put(folder.path() + "/" + name, page);
          return List.of(new OutputPart(name, page.length, Inputs.sha256(page), 0));
        });
  }

  /** A page follows from its files, the manifest and the reports. */
  private static String inputs(Manifest manifest, BatchReports reports) {
    Inputs inputs = new Inputs().add("page", PageFiles.hash());
    inputs.add("manifest", Inputs.sha256(SealedJson.write(manifest)));
    for (String name : Chart.REPORTS) {
      inputs.add(name, reports.find(name));
    }
    return inputs.hash();
  }

  private static Output output(String name, Output.Outcome outcome, String place) {
    return new Output(Output.Kind.DASHBOARD, name, outcome, place, OptionalLong.empty());
  }
}
