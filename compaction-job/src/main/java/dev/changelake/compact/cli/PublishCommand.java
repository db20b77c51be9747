package dev.changelake.compact.cli;

import dev.changelake.compact.load.Warehouse;
import dev.changelake.compact.load.Warehouses;
import dev.changelake.compact.publish.PublishRun;
import dev.changelake.compact.report.Reports;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code publish --batch B}: snapshots, and the warehouse. */
@Command(
    name = "publish",
    mixinStandardHelpOptions = true,
    description = {
      "Publishes a finished batch: snapshots of the base tables as parquet in"
          + " data/final/table=<name>/<date>/, then tables and reports into the warehouse, if one is"
          + " configured.",
      "Nothing is loaded twice; an older batch replaces no newer one."
    })
final class PublishCommand implements Callable<Integer> {
  @Mixin private BatchCommand batch;

  @Option(
      names = "--only",
      paramLabel = "<name>",
      description = "Only this base table or report; may be given several times.")
  private Set<String> only = new LinkedHashSet<>();

  @Override
  public Integer call() throws Exception {
    return batch.run(
        "publish",
        (manifest, context) -> {
          Reports reports =
              Reports.load(context.settings().reportsDirectory(), context.contracts());
          Optional<Warehouse> warehouse =
              Warehouses.of(context.settings(), context.spark(), context.lake());
          return new PublishRun(
                  context.spark(), context.lake(), context.contracts(), reports, warehouse, only)
              .run(manifest, context.progress()::done);
        });
  }
}
