package dev.changelake.compact.cli;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code quarantine}: the records that could not be applied, and why. */
@Command(
    name = "quarantine",
    mixinStandardHelpOptions = true,
    description = "Lists the records that could not be applied, with the reason and the raw bytes.")
final class QuarantineCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private LakeCommand lake;

  @Option(names = "--table", paramLabel = "<table>", description = "Only the topic of this table.")
  private String table;

  @Override
  public Integer call() throws IOException {
    lake.read(
        "quarantine",
        (spark, views) ->
            views
                .quarantine(Optional.ofNullable(table))
                .ifPresentOrElse(
                    rows ->
                        new RowPrinter(spec.commandLine().getOut(), lake.format(), lake.limit())
                            .print(rows),
                    () -> spec.commandLine().getOut().println("Nothing was landed yet.")));
    return 0;
  }
}
