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
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A column whose values are keys of another table.
 *
 * <p>Topics are cut at one moment and not at one transaction, so that of two events that belong
 * together one can be in this batch and the other in the next. A row without its parent is torn if
 * one of the two is of this batch: the row was written in it, or the parent was deleted in it. Else
 * the other event had its chance, and the row is broken.
 */
record ForeignKey(TableContract child, String column, TableContract parent) {
  private static final String PARENT = "_parent";
  private static final String DELETED = "_deleted";
  private static final String TORN = "_torn";

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
   * @param n the batch's plan
   */
  List<Finding> findings(
      Dataset<Row> children, Dataset<Row> parents, Optional<Dataset<Row>> deleted, long n) {
    String parentKey = parent.key().get(0);
    List<String> needed = new ArrayList<>(child.key());
    if (!needed.contains(column)) {
      needed.add(column);
    }
    needed.add(StateColumns.N);
    Dataset<Row> missing =
        children
            .where(col(column).isNotNull())
            .select(Examples.columns(needed))
            .join(
                parents.select(col(parentKey).as(PARENT)),
                col(column).equalTo(col(PARENT)),
                "left_anti")
            .withColumn(TORN, col(StateColumns.N).equalTo(n));
    if (deleted.isPresent()) {
      missing =
          missing
              .join(
                  deleted.get().select(col(parentKey).as(DELETED)).distinct(),
                  col(column).equalTo(col(DELETED)),
                  "left")
              .withColumn(TORN, col(TORN).or(col(DELETED).isNotNull()));
    }
    return findings(missing);
  }

  private List<Finding> findings(Dataset<Row> missing) {
    Row counts = missing.agg(count(lit(1)), count_if(col(TORN))).first();
    long torn = counts.getLong(1);
    return findings(counts.getLong(0) - torn, torn, verdict -> examples(missing, verdict));
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
