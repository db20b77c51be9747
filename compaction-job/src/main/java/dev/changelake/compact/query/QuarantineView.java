package dev.changelake.compact.query;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.changelake.compact.changelog.ChangeLogColumns;
import dev.changelake.compact.changelog.LakeLayout;
import dev.changelake.compact.delta.LakeTable;
import dev.changelake.contract.TableContract;
import dev.changelake.contract.TableContracts;
import dev.changelake.envelope.RecordStatus;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The records that could not be applied: derived from the change log, kept nowhere else. */
public final class QuarantineView {
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

  /** The quarantined records of a change log. */
  static Dataset<Row> of(TableContract contract, Dataset<Row> log) {
    return log.where(col(ChangeLogColumns.STATUS).equalTo(RecordStatus.QUARANTINED.code()))
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
