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

/** {@code quarantine show}: the records that could not be applied, with their raw bytes. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = {
      "Shows the records that could not be applied, with the reason and the raw bytes.",
      "Without --as-of also those of a batch that is not finished."
    })
final class QuarantineShowCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private LakeCommand lake;

  @Option(names = "--table", paramLabel = "<table>", description = "Only the topic of this table.")
  private String table;

  @Option(
      names = "--reason",
      paramLabel = "<code>",
      description = "Only records with this reason, for example unknown_column.")
  private String reason;

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
            new RowPrinter(out, lake.format(), lake.limit())
                .print(QuarantineView.of(rows, Optional.ofNullable(reason))),
        () -> out.println("Nothing was landed yet."));
  }
}
