package dev.changelake.compact.publish;

import static org.apache.spark.sql.functions.col;

import dev.changelake.compact.batch.Manifest;
import dev.changelake.compact.delta.LakeTable;
import dev.changelake.compact.delta.VersionDiff;
import dev.changelake.compact.lake.Lake;
import dev.changelake.compact.load.RowChange;
import dev.changelake.compact.load.TableContent;
import dev.changelake.compact.load.TableContent.Predecessor;
import dev.changelake.compact.output.PublishedFiles;
import dev.changelake.compact.spark.WorkSize;
import dev.changelake.contract.Column;
import dev.changelake.contract.TableContract;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A base table's rows as of a batch, and what changed since the batch before. */
final class TableRows {
  private static final VersionDiff DIFF =
      new VersionDiff(
          RowChange.COLUMN,
          RowChange.INSERTED.code(),
          RowChange.UPDATED.code(),
          RowChange.DELETED.code());

  private final SparkSession spark;
  private final Lake lake;

  TableRows(SparkSession spark, Lake lake) {
    this.spark = spark;
    this.lake = lake;
  }

  /**
   * The content that a batch gives a table of the warehouse.
   *
   * @param folder the folder of the table's snapshot, under the lake's root
   */
  TableContent content(
      TableContract contract, Manifest manifest, String folder, PublishedFiles files) {
    SparkSession session = WorkSize.sessionFor(spark, manifest.rowsOf(contract.table()));
    return new TableContent(
        files,
        () -> snapshot(session, contract, folder, files),
        lake.batches()
            .find(manifest.plan().n() - 1)
            .filter(before -> before.tableVersion(contract.table()).isPresent())
            .filter(before -> lake.retention().covers(before.createdAt(), lake.clock().instant()))
            .map(before -> predecessor(session, contract, before, manifest)));
  }

  private Dataset<Row> snapshot(
      SparkSession session, TableContract contract, String folder, PublishedFiles files) {
    String[] paths =
        files.files().stream()
            .map(file -> lake.layout().root() + "/" + folder + "/" + file.name())
            .toArray(String[]::new);
    return session
        .read()
        .parquet(paths)
        .select(
            names(contract).stream()
                .map(name -> col(name))
                .toArray(org.apache.spark.sql.Column[]::new));
  }

  private Predecessor predecessor(
      SparkSession session, TableContract contract, Manifest before, Manifest manifest) {
    return new Predecessor(
        before.plan().n(),
        Snapshot.inputs(contract, before),
        () ->
            DIFF.between(
                new LakeTable(session, lake.layout().table(contract.table())),
                before.tableVersion(contract.table()).orElseThrow(),
                manifest.tableVersion(contract.table()).orElseThrow(),
                contract.key(),
                names(contract)));
  }

  private static List<String> names(TableContract contract) {
    return contract.storedColumns().stream().map(Column::name).toList();
  }
}
