package dev.changelake.compact.cli;

import dev.changelake.compact.report.ReportRun;
import dev.changelake.compact.report.Reports;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code report --batch B}: the reports of a batch as CSV, and its dashboard. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description = {
      "Makes the reports of a finished batch, as CSV in data/final/report=<name>/<date>/, and its"
          + " dashboard, a page in data/final/dashboard/<date>/.",
      "What was made from the same versions is left alone; an older batch replaces no newer one."
    })
final class ReportCommand implements Callable<Integer> {
  @Mixin private BatchCommand batch;

  @Override
  public Integer call() throws Exception {
    return batch.run(
        "report",
        (manifest, context) -> {
          Reports reports =
              Reports.load(context.settings().reportsDirectory(), context.contracts());
          return new ReportRun(context.spark(), context.lake(), context.contracts(), reports)
              .run(manifest, context.progress()::done);
        });
  }
}
