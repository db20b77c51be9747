package dev.changelake.compact.cli;

import dev.changelake.compact.query.QuarantineView;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code quarantine list}: why records could not be applied, and how many. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = {
      "Counts the records that could not be applied, by table and reason.",
      "Without --as-of also those of a batch that is not finished."
    })
final class QuarantineListCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private LakeCommand lake;

  @Option(names = "--table", paramLabel = "<table>", description = "Only the topic of this table.")
  private String table;

  @Override
  public Integer call() throws IOException {
    Optional<String> wanted = Optional.ofNullable(table);
    if (lake.isPinned()) {
      lake.read("quarantine", (spark, views) -> print(views.quarantine(wanted)));
    } else {
      lake.open(
          "quarantine",
          (spark, open, contracts) ->
              print(QuarantineView.landed(spark, open.layout(), contracts, wanted)));
    }
    return 0;
  }

  private void print(Optional<Dataset<Row>> quarantined) {
    PrintWriter out = spec.commandLine().getOut();
    quarantined.ifPresentOrElse(
        rows ->
            new RowPrinter(out, lake.format(), lake.limit()).print(QuarantineView.grouped(rows)),
        () -> out.println("Nothing was landed yet."));
  }
}
