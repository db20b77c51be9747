package dev.changelake.compact.expectation;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import dev.changelake.compact.result.Finding;
import dev.changelake.contract.ColumnType;
import dev.changelake.contract.TableContract;
import dev.changelake.contract.TableMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What can be said of a table's rows in one pass: keys, required values, dates, their number. */
final class RowScan {
  private static final String ROWS = "_rows";
  private static final String NULLS = "_nulls";

  private final TableContract contract;
  private final Dataset<Row> rows;
  private final LocalDate businessDate;
  private final List<String> required;
  private final List<String> dates;

  RowScan(TableContract contract, Dataset<Row> rows, LocalDate businessDate) {
    this.contract = contract;
    this.rows = rows;
    this.businessDate = businessDate;
    this.required =
        contract.storedColumns().stream()
            .filter(column -> !column.nullable() && !contract.key().contains(column.name()))
            .map(column -> column.name())
            .toList();
    this.dates =
        contract.mode() != TableMode.APPEND
            ? List.of()
            : contract.keyColumns().stream()
                .filter(column -> column.type().kind() == ColumnType.Kind.DATE)
                .map(column -> column.name())
                .toList();
  }

  RowFacts facts() {
    Row facts =
        keys()
            .agg(
                total(col(ROWS)),
                total(when(isShared(), col(ROWS))),
                total(col(NULLS)),
                total(when(isFuture(), col(ROWS))))
            .first();
    return new RowFacts(facts.getLong(0), facts.getLong(1), facts.getLong(2), facts.getLong(3));
  }

  List<Finding> findings(RowFacts facts) {
    List<Finding> findings = new ArrayList<>();
    findings.add(
        expectation("key (%s) is unique and not null".formatted(String.join(", ", contract.key())))
            .found(facts.sharedKeys(), this::sharedKeys));
    if (!required.isEmpty()) {
      findings.add(
          expectation("required columns hold no null").found(facts.nulls(), this::rowsWithNulls));
    }
    if (!dates.isEmpty()) {
      findings.add(
          expectation(String.join(", ", dates) + " not after the business date")
              .found(facts.future(), this::futureRows));
    }
    return findings;
  }

  private Expectation expectation(String text) {
    return new Expectation(contract.table(), text);
  }

  private List<String> sharedKeys() {
    return Examples.of(
        keys().where(isShared()), contract.key(), concat(col(ROWS).cast("string"), lit(" rows")));
  }

  private List<String> rowsWithNulls() {
    Column names =
        concat_ws(
            ", ",
            required.stream()
                .map(name -> when(col(name).isNull(), lit(name + "=null")))
                .toArray(Column[]::new));
    return Examples.of(rows.where(any(required, Column::isNull)), contract.key(), names);
  }

  private List<String> futureRows() {
    return Examples.of(
        rows.where(isFuture()), contract.key(), lit("business date " + businessDate));
  }

  /** A row for each key; those without one are a key too. */
  private Dataset<Row> keys() {
    return rows.groupBy(Examples.columns(contract.key()))
        .agg(
            count(lit(1)).as(ROWS),
            sum(when(any(required, Column::isNull), 1L).otherwise(0L)).as(NULLS));
  }

  private Column isShared() {
    return col(ROWS).gt(1).or(any(contract.key(), Column::isNull));
  }

  private Column isFuture() {
    return any(dates, column -> column.gt(lit(businessDate)));
  }

  private static Column any(List<String> names, Function<Column, Column> test) {
    return names.stream().map(name -> test.apply(col(name))).reduce(lit(false), Column::or);
  }

  private static Column total(Column numbers) {
    return coalesce(sum(numbers), lit(0L));
  }
}
