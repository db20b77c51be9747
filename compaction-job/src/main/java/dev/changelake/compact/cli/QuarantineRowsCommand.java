package dev.changelake.compact.cli;

import dev.changelake.compact.query.QuarantineView;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Reads the quarantined records; what of them is printed is the command's own. */
abstract class QuarantineRowsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private LakeCommand lake;

  @Option(names = "--table", paramLabel = "<table>", description = "Only the topic of this table.")
  private String table;

  /** What is printed of the records. */
  abstract Dataset<Row> shown(Dataset<Row> quarantined);

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
        rows -> new RowPrinter(out, lake.format(), lake.limit()).print(shown(rows)),
        () -> out.println("Nothing was landed yet."));
  }
}
