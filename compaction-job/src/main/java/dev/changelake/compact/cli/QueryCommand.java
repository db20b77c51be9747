package dev.changelake.compact.cli;

import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.spark.sql.AnalysisException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code query --as-of B "SQL"}: the tables as they were. */
@Command(
    name = "query",
    mixinStandardHelpOptions = true,
    description = {
      "Runs SQL on the tables as of a batch.",
      "Each table has its name, its change log is changes_<table>, quarantined records are in"
          + " quarantine."
    })
final class QueryCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private LakeCommand lake;

  @Parameters(paramLabel = "<sql>", description = "A query in Spark SQL.")
  private String sql;

  @Override
  public Integer call() throws IOException {
    lake.read(
        "query",
        (spark, views) -> {
          String text = sql.toLowerCase(Locale.ROOT);
          views.register(name -> text.contains(name) || text.contains("show "));
          try {
            new RowPrinter(spec.commandLine().getOut(), lake.format(), lake.limit())
                .print(spark.sql(sql));
          } catch (Exception e) {
            throw explained(e);
          }
        });
    return 0;
  }

  private static RuntimeException explained(Exception failure) {
    if (failure instanceof AnalysisException analysis) {
      return new ChangelakeException(
              ErrorCategory.USAGE,
              "The query cannot be run.",
              analysis.getSimpleMessage(),
              "Correct the SQL; `SHOW TABLES` lists the tables of the batch.")
          .causedBy(failure);
    }
    return failure instanceof RuntimeException unchecked
        ? unchecked
        : new IllegalStateException(failure);
  }
}
