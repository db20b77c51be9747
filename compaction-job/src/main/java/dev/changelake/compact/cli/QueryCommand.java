package dev.changelake.compact.cli;

import dev.changelake.compact.query.ReadOnlySql;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.apache.spark.SparkThrowable;
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
      "Runs SQL on the tables as of a batch; SQL that does more than read is refused.",
      "Each table has its name, its change log is changes_<table>, quarantined records are in"
          + " quarantine."
    })
final class QueryCommand implements Callable<Integer> {
  /** SQLSTATE's classes of wrong data, broken constraints of a query, and wrong syntax or names. */
  private static final Pattern OF_THE_QUERY = Pattern.compile("(21|22|42).*");

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
            ReadOnlySql.refusal(spark, sql).ifPresent(QueryCommand::refuse);
            new RowPrinter(spec.commandLine().getOut(), lake.format(), lake.limit())
                .print(spark.sql(sql));
          } catch (Exception e) {
            throw explained(e);
          }
        });
    return 0;
  }

  private static void refuse(String why) {
    throw new ChangelakeException(
        ErrorCategory.USAGE,
        "The query does more than read the batch.",
        "It %s.".formatted(why),
        "Use SELECT, SHOW, DESCRIBE or EXPLAIN, on the tables that `SHOW TABLES` lists. To put a table"
            + " back, use `bin/changelake restore`.");
  }

  /** SQL that is wrong by itself or fails on the values, for example by a division by zero. */
  private static RuntimeException explained(Exception failure) {
    if (failure instanceof ChangelakeException explained) {
      return explained;
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SparkThrowable refusal
          && refusal.getSqlState() != null
          && OF_THE_QUERY.matcher(refusal.getSqlState()).matches()) {
        return new ChangelakeException(
                ErrorCategory.USAGE,
                "The query cannot be run.",
                cause.getMessage(),
                "Correct the SQL; `SHOW TABLES` lists the tables of the batch.")
            .causedBy(failure);
      }
    }
    return failure instanceof RuntimeException unchecked
        ? unchecked
        : new IllegalStateException(failure);
  }
}
