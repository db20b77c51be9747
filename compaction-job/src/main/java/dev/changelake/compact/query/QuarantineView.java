package dev.changelake.compact.query;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.split;
import static org.apache.spark.sql.functions.struct;

import dev.changelake.compact.changelog.ChangeLogColumns;
import dev.changelake.compact.changelog.LakeLayout;
import dev.changelake.compact.delta.LakeTable;
import dev.changelake.compact.quarantine.Unapplied;
import dev.changelake.contract.TableContract;
import dev.changelake.contract.TableContracts;
import dev.changelake.envelope.QuarantineReason;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The records that could not be applied, as people read them. */
public final class QuarantineView {
  private static final String FIRST = "first_place";

  private QuarantineView() {}

  /**
   * All quarantined records that were ever landed, those of an unfinished batch among them.
   *
   * @param table only the topic of this table
   */
  public static Optional<Dataset<Row>> landed(
      SparkSession spark, LakeLayout layout, TableContracts contracts, Optional<String> table) {
    return contracts.all().stream()
        .filter(contract -> table.isEmpty() || table.get().equals(contract.table()))
        .flatMap(
            contract -> {
              LakeTable log = new LakeTable(spark, layout.changes(contract.table()));
              return log.exists()
                  ? Optional.of(of(contract, LakeViews.lastRevisions(log.read()))).stream()
                  : Optional.<Dataset<Row>>empty().stream();
            })
        .reduce(Dataset::unionByName);
  }

  /**
   * The records, grouped by table and reason, wherever in a value it is.
   *
   * @param quarantined what {@link #landed} gives
   */
  public static Dataset<Row> grouped(Dataset<Row> quarantined) {
    return quarantined
        .withColumn(
            ChangeLogColumns.REASON,
            regexp_replace(col(ChangeLogColumns.REASON), QuarantineReason.PLACE, ""))
        .groupBy("table", ChangeLogColumns.REASON)
        .agg(
            count(lit(1)).as("records"),
            min(ChangeLogColumns.N).as("first_n"),
            max(ChangeLogColumns.N).as("last_n"),
            min(struct(ChangeLogColumns.PARTITION, ChangeLogColumns.OFFSET)).as(FIRST))
        .select(
            col("table"),
            col(ChangeLogColumns.REASON),
            col("records"),
            col("first_n"),
            col("last_n"),
            concat(
                    col(FIRST + "." + ChangeLogColumns.PARTITION),
                    lit(":"),
                    col(FIRST + "." + ChangeLogColumns.OFFSET))
                .as("for_example"))
        .orderBy(col("table"), col("records").desc(), col(ChangeLogColumns.REASON));
  }

  /** Only the records with this reason's code, or all. */
  public static Dataset<Row> of(Dataset<Row> quarantined, Optional<String> reason) {
    return reason.isEmpty()
        ? quarantined
        : quarantined.where(
            split(col(ChangeLogColumns.REASON), ":", 2).getItem(0).equalTo(reason.get()));
  }

  /** The quarantined records of a change log. */
  static Dataset<Row> of(TableContract contract, Dataset<Row> log) {
    return new Unapplied(log)
        .quarantined()
        .select(
            lit(contract.table()).as("table"),
            col(ChangeLogColumns.N),
            col(ChangeLogColumns.PARTITION),
            col(ChangeLogColumns.OFFSET),
            col(ChangeLogColumns.TIMESTAMP),
            col(ChangeLogColumns.OP),
            col(ChangeLogColumns.REASON),
            col(ChangeLogColumns.KEY).cast("string").as(ChangeLogColumns.KEY),
            col(ChangeLogColumns.VALUE).cast("string").as(ChangeLogColumns.VALUE));
  }
}
