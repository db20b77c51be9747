package dev.changelake.compact.report;

import dev.changelake.compact.changelog.SparkTypes;
import dev.changelake.compact.query.ReadOnlySql;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.plans.logical.GlobalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LocalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.plans.logical.WithCTE;
import org.apache.spark.sql.types.StructField;
import scala.jdk.javaapi.CollectionConverters;

/** Runs a report's query and holds it to what the report promises. */
final class ReportQuery {
  private final SparkSession spark;
  private final Report report;

  ReportQuery(SparkSession spark, Report report) {
    this.spark = spark;
    this.report = report;
  }

  /** The rows, in the report's order. A report is small: it is made to be read. */
  List<Row> rows(LocalDate businessDate) {
    // A variable and no parameter: Spark 4.2 binds none in a WITH that is used twice.
    spark.sql(
        "DECLARE OR REPLACE VARIABLE business_date DATE DEFAULT DATE '%s'".formatted(businessDate));
    told(() -> ReadOnlySql.refusal(spark, report.sql()))
        .ifPresent(
            why -> {
              throw wrong(
                  "Its query %s; a report reads the tables of its batch.".formatted(why), null);
            });
    Dataset<Row> result = told(() -> spark.sql(report.sql()));
    requireColumns(result);
    requireRepeatable(result.queryExecution().analyzed());
    requireTotalOrder(result.queryExecution().analyzed());
    List<Row> rows = told(result::collectAsList);
    requireKey(rows);
    return rows;
  }

  /** What the query itself does wrong is its author's to correct: it is no fault of the run. */
  private <T> T told(Supplier<T> step) {
    try {
      return step.get();
    } catch (Exception e) {
      // Spark throws AnalysisException, which is checked and which no signature tells.
      Optional<SparkThrowable> wrong =
          Stream.iterate((Throwable) e, Objects::nonNull, Throwable::getCause)
              .filter(SparkThrowable.class::isInstance)
              .map(SparkThrowable.class::cast)
              .filter(cause -> isOfTheQuery(cause.getSqlState()))
              .findFirst();
      if (wrong.isPresent()) {
        throw wrong("Its query cannot be run: " + firstLine((Throwable) wrong.get()), e);
      }
      throw e;
    }
  }

  /** Wrong numbers of rows, wrong values, wrong names and syntax, by the classes of SQLSTATE. */
  private static boolean isOfTheQuery(String sqlState) {
    return sqlState != null && Stream.of("0A", "21", "22", "42").anyMatch(sqlState::startsWith);
  }

  /** Spark's message goes on with the whole plan. */
  private static String firstLine(Throwable failure) {
    return failure.getMessage().lines().findFirst().orElse("");
  }

  private void requireColumns(Dataset<Row> result) {
    List<String> promised =
        report.columns().stream()
            .map(column -> column.name() + " " + SparkTypes.of(column.type()).sql())
            .toList();
    List<String> given = new ArrayList<>();
    for (StructField field : result.schema().fields()) {
      given.add(field.name() + " " + field.dataType().sql());
    }
    if (!promised.equals(given)) {
      throw wrong("Its head promises %s, its query gives %s.".formatted(promised, given), null);
    }
  }

  /** What changes with the moment or by chance is no function of the batch. */
  private void requireRepeatable(LogicalPlan plan) {
    Unrepeatable.in(plan)
        .ifPresent(
            expression -> {
              throw wrong(
                  "Its query uses %s, which says something else at another time."
                          .formatted(expression)
                      + " session.business_date is the batch's date.",
                  null);
            });
  }

  /** Without an order of all rows the same tables could give another file. */
  private void requireTotalOrder(LogicalPlan plan) {
    LogicalPlan top = plan;
    // What stands above the order and keeps it.
    while (top instanceof WithCTE
        || top instanceof Project
        || top instanceof GlobalLimit
        || top instanceof LocalLimit
        || top instanceof SubqueryAlias) {
      top = top instanceof WithCTE with ? with.plan() : top.children().head();
    }
    Set<String> sorted = new HashSet<>();
    if (top instanceof Sort sort && sort.global()) {
      CollectionConverters.asJava(sort.order())
          .forEach(
              order -> {
                // A function of a column may be equal where the column is not.
                if (order.child() instanceof Attribute column) {
                  sorted.add(column.name());
                }
              });
    }
    if (!sorted.containsAll(report.key())) {
      throw wrong(
          "Its ORDER BY names the columns %s, which do not order all rows by its key %s."
              .formatted(new TreeSet<>(sorted), report.key()),
          null);
    }
  }

  private void requireKey(List<Row> rows) {
    Set<List<Object>> keys = new HashSet<>();
    for (Row row : rows) {
      List<Object> key = new ArrayList<>();
      report.key().forEach(name -> key.add(row.getAs(name)));
      if (key.contains(null)) {
        throw wrong(
            "One of its rows has the key %s, and a key is never null.".formatted(key), null);
      }
      if (!keys.add(key)) {
        throw wrong("Two of its rows have the key %s.".formatted(key), null);
      }
    }
  }

  private ChangelakeException wrong(String why, Exception cause) {
    return new ChangelakeException(
            ErrorCategory.USAGE,
            "The report %s cannot be made.".formatted(report.name()),
            why,
            "Correct its .sql file, then run the command again.")
        .causedBy(cause);
  }
}
