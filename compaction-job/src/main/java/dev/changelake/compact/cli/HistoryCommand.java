package dev.changelake.compact.cli;

import dev.changelake.compact.query.TableHistory;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code history <table>}: what happened to a table, or to one row of it. */
@Command(
    name = "history",
    mixinStandardHelpOptions = true,
    description = "Lists the changes of a table's topic, newest first, with batch, offset and lsn.")
final class HistoryCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private LakeCommand lake;

  @Parameters(paramLabel = "<table>", description = "The table, or a feed such as leads.")
  private String table;

  @Option(
      names = "--key",
      paramLabel = "<value>",
      description = "Only this row; for a key of several columns, once for each, in their order.")
  private List<String> key = List.of();

  @Override
  public Integer call() throws IOException {
    lake.read(
        "history " + table,
        (spark, views) ->
            new RowPrinter(spec.commandLine().getOut(), lake.format(), lake.limit())
                .print(TableHistory.of(views, table, key)));
    return 0;
  }
}
