package dev.changelake.compact.expectation;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;

import dev.changelake.compact.changelog.StateColumns;
import dev.changelake.compact.result.Finding;
import dev.changelake.compact.result.Finding.Verdict;
import dev.changelake.contract.TableContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A column whose values are keys of another table.
 *
 * <p>Topics are cut at one moment and not at one transaction, so that of two events that belong
 * together one can be in this batch and the other in the next. A row without its parent is torn if
 * one of the two is of this batch: the row was written in it, or the parent was deleted in it. Else
 * the other event had its chance, and the row is broken; also if the row was written again and
 * lacked the same parent before.
 */
record ForeignKey(TableContract child, String column, TableContract parent) {
  private static final String PARENT = "_parent";
  private static final String DELETED = "_deleted";
  private static final String TORN = "_torn";
  private static final String EARLIER = "_earlier_";

  /** Both tables as of the batch before. */
  record Earlier(Dataset<Row> children, Dataset<Row> parents) {}

  /** The foreign keys of a table. */
  static List<ForeignKey> of(TableContract child, Function<String, TableContract> contracts) {
    return child.storedColumns().stream()
        .filter(column -> column.references().isPresent())
        .map(
            column ->
                new ForeignKey(
                    child, column.name(), contracts.apply(column.references().orElseThrow())))
        .toList();
  }

  /**
   * Holds all rows against the keys of the parent's table.
   *
   * @param parents the parent's table
   * @param deleted rows with the keys that the batch deleted in it; empty if it deleted none
   * @param earlier asked if a row may be torn; empty if the batch before did not have both tables
   * @param n the batch's plan
   */
  List<Finding> findings(
      Dataset<Row> children,
      Dataset<Row> parents,
      Optional<Dataset<Row>> deleted,
      Supplier<Optional<Earlier>> earlier,
      long n) {
    Dataset<Row> missing =
        missing(children, parents).withColumn(TORN, col(StateColumns.N).equalTo(n));
    if (deleted.isPresent()) {
      missing =
          missing
              .join(
                  deleted.get().select(col(parentKey()).as(DELETED)).distinct(),
                  col(column).equalTo(col(DELETED)),
                  "left")
              .withColumn(TORN, col(TORN).or(col(DELETED).isNotNull()));
    }
    Row counts = counts(missing);
    Optional<Earlier> before = counts.getLong(1) > 0 ? earlier.get() : Optional.empty();
    if (before.isPresent()) {
      missing = withoutThoseThatLackedItBefore(missing, before.get());
      counts = counts(missing);
    }
    Dataset<Row> told = missing;
    long torn = counts.getLong(1);
    return findings(counts.getLong(0) - torn, torn, verdict -> examples(told, verdict));
  }

  private String parentKey() {
    return parent.key().get(0);
  }

  private List<String> keyAndColumn() {
    List<String> names = new ArrayList<>(child.key());
    if (!names.contains(column)) {
      names.add(column);
    }
    return names;
  }

  /** The rows whose value is no key of the parent's table: their key, the value, and their plan. */
  private Dataset<Row> missing(Dataset<Row> children, Dataset<Row> parents) {
    List<String> needed = keyAndColumn();
    needed.add(StateColumns.N);
    return children
        .where(col(column).isNotNull())
        .select(Examples.columns(needed))
        .join(
            parents.select(col(parentKey()).as(PARENT)),
            col(column).equalTo(col(PARENT)),
            "left_anti");
  }

  private Dataset<Row> withoutThoseThatLackedItBefore(Dataset<Row> missing, Earlier earlier) {
    Dataset<Row> before = missing(earlier.children(), earlier.parents()).drop(StateColumns.N);
    Column same = lit(true);
    for (String name : keyAndColumn()) {
      before = before.withColumnRenamed(name, EARLIER + name);
      same = same.and(col(name).equalTo(col(EARLIER + name)));
    }
    return missing
        .join(before, same, "left")
        .withColumn(TORN, col(TORN).and(col(EARLIER + column).isNull()));
  }

  private static Row counts(Dataset<Row> missing) {
    return missing.agg(count(lit(1)), count_if(col(TORN))).first();
  }

  /** Broken rows are told apart from torn ones. */
  List<Finding> findings(long broken, long torn, Function<Verdict, List<String>> examples) {
    Expectation expectation =
        new Expectation(child.table(), "%s is a key of %s".formatted(column, parent.table()));
    if (broken + torn == 0) {
      return List.of(expectation.holds());
    }
    List<Finding> findings = new ArrayList<>();
    if (broken > 0) {
      findings.add(expectation.violated(Verdict.BROKEN, broken, examples.apply(Verdict.BROKEN)));
    }
    if (torn > 0) {
      findings.add(expectation.violated(Verdict.TORN, torn, examples.apply(Verdict.TORN)));
    }
    return findings;
  }

  private List<String> examples(Dataset<Row> missing, Verdict verdict) {
    Column wanted = col(TORN).equalTo(verdict == Verdict.TORN);
    return Examples.of(missing.where(wanted), child.key(), Examples.value(column));
  }
}
