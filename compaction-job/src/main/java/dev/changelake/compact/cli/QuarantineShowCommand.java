package dev.changelake.compact.cli;

import dev.changelake.compact.query.QuarantineView;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code quarantine show}: the records that could not be applied, with their raw bytes. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = {
      "Shows the records that could not be applied, with the reason and the raw bytes.",
      "Without --as-of also those of a batch that is not finished."
    })
final class QuarantineShowCommand extends QuarantineRowsCommand {
  @Option(
      names = "--reason",
      paramLabel = "<code>",
      description = "Only records with this reason, for example unknown_column.")
  private String reason;

  @Override
  Dataset<Row> shown(Dataset<Row> quarantined) {
    return QuarantineView.of(quarantined, Optional.ofNullable(reason));
  }
}
