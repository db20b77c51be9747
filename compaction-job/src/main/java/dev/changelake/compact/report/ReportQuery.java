package dev.changelake.compact.report;

import dev.changelake.compact.changelog.SparkTypes;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
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
    Dataset<Row> result;
    try {
      // A variable and no parameter: Spark 4.2 binds none in a WITH that is used twice.
      spark.sql(
          "DECLARE OR REPLACE VARIABLE business_date DATE DEFAULT DATE '%s'"
              .formatted(businessDate));
      result = spark.sql(report.sql());
    } catch (Exception e) {
      // Spark throws AnalysisException, which is checked and which no signature tells.
      if (e instanceof AnalysisException) {
        throw wrong("Its query cannot be run: " + firstLine(e), e);
      }
      throw e;
    }
    requireColumns(result);
    requireTotalOrder(result.queryExecution().analyzed());
    List<Row> rows = result.collectAsList();
    requireKey(rows);
    return rows;
  }

  /** Spark's message goes on with the whole plan. */
  private static String firstLine(Exception failure) {
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

  /** Without an order of all rows the same tables could give another file. */
  private void requireTotalOrder(LogicalPlan plan) {
    LogicalPlan top = plan instanceof WithCTE with ? with.plan() : plan;
    while (!(top instanceof Sort) && top.children().size() == 1) {
      top = top.children().head();
    }
    Set<String> sorted = new HashSet<>();
    if (top instanceof Sort sort && sort.global()) {
      CollectionConverters.asJava(sort.order())
          .forEach(
              order ->
                  CollectionConverters.asJava(order.references().toSeq())
                      .forEach(attribute -> sorted.add(attribute.name())));
    }
    if (!sorted.containsAll(report.key())) {
      throw wrong(
          "Its ORDER BY names %s, which does not order all rows by its key %s."
              .formatted(sorted, report.key()),
          null);
    }
  }

  private void requireKey(List<Row> rows) {
    Set<List<Object>> keys = new HashSet<>();
    for (Row row : rows) {
      List<Object> key = new ArrayList<>();
      report.key().forEach(name -> key.add(row.getAs(name)));
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
