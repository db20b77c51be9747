package dev.changelake.compact.cli;

import dev.changelake.compact.query.QuarantineView;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Command;

/** {@code quarantine list}: why records could not be applied, and how many. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = {
      "Counts the records that could not be applied, by table and reason.",
      "Without --as-of also those of a batch that is not finished."
    })
final class QuarantineListCommand extends QuarantineRowsCommand {
  @Override
  Dataset<Row> shown(Dataset<Row> quarantined) {
    return QuarantineView.grouped(quarantined);
  }
}
