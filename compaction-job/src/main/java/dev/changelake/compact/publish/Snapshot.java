package dev.changelake.compact.publish;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sha2;

import dev.changelake.compact.batch.Manifest;
import dev.changelake.compact.lake.Lake;
import dev.changelake.compact.output.Inputs;
import dev.changelake.compact.output.OutputFolder;
import dev.changelake.compact.output.OutputFolder.Published;
import dev.changelake.compact.output.OutputPart;
import dev.changelake.compact.query.LakeViews;
import dev.changelake.compact.result.Output;
import dev.changelake.contract.Column;
import dev.changelake.contract.TableContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Writes a table as of a batch to parquet: the contract's columns, sorted by the key. The same
 * version gives the same files, byte by byte.
 */
final class Snapshot {
  private static final long ROWS_A_FILE = 1_000_000;
  private static final String SUFFIX = "snappy.parquet";

  private final SparkSession spark;
  private final Lake lake;
  private final LakeViews views;

  Snapshot(SparkSession spark, Lake lake, LakeViews views) {
    this.spark = spark;
    this.lake = lake;
    this.views = views;
  }

  /** The folder of a table's snapshot. */
  static OutputFolder folder(Lake lake, String table, Manifest manifest) {
    return new OutputFolder(
        lake.outputs(), lake.layout().snapshotFolder(table, manifest.businessDate()));
  }

  /** What a table's snapshot follows from: its version, and which columns are taken. */
  static String inputs(TableContract contract, Manifest manifest) {
    return new Inputs()
        .add("table", contract.table())
        .add("version", manifest.tableVersion(contract.table()).orElseThrow())
        .add("columns", contract.storedColumns())
        .hash();
  }

  Output write(TableContract contract, Manifest manifest) {
    OutputFolder folder = folder(lake, contract.table(), manifest);
    String inputs = inputs(contract, manifest);
    Published published =
        folder.publish(manifest, inputs, names -> files(contract, manifest, folder.path(), names));
    return new Output(
        Output.Kind.SNAPSHOT,
        contract.table(),
        published.outcome(),
        folder.path(),
        OptionalLong.of(published.rows()));
  }

  /** Spark gives its files random names, so they are written aside and moved. */
  private List<OutputPart> files(
      TableContract contract, Manifest manifest, String folder, OutputFolder.PartNames names) {
    Dataset<Row> rows =
        views
            .table(contract.table())
            .selectExpr(
                contract.storedColumns().stream()
                    .map(Column::name)
                    .map(name -> "`" + name + "`")
                    .toArray(String[]::new));
    int files = 1 + (int) (Math.max(0, manifest.rowsOf(contract.table()) - 1) / ROWS_A_FILE);
    org.apache.spark.sql.Column[] key =
        contract.key().stream().map(name -> col(name)).toArray(org.apache.spark.sql.Column[]::new);
    String aside = "data/_changelake/aside/" + UUID.randomUUID();
    try {
      rows.repartition(files, key)
          .sortWithinPartitions(key)
          .write()
          .option("compression", "snappy")
          .parquet(lake.layout().root() + "/" + aside);
      return moved(aside, folder, names);
    } finally {
      lake.outputs().deleteFolder(aside);
    }
  }

  private List<OutputPart> moved(String aside, String folder, OutputFolder.PartNames names) {
    Map<String, Row> hashes = hashes(aside);
    Map<String, Long> rows = rows(aside);
    List<OutputPart> parts = new ArrayList<>();
    for (Map.Entry<String, Row> file : hashes.entrySet()) {
      String name = names.name(parts.size(), SUFFIX);
      lake.outputs().move(aside + "/" + file.getKey(), folder + "/" + name);
      parts.add(
          new OutputPart(
              name,
              file.getValue().getAs("length"),
              file.getValue().getAs("sha256"),
              rows.getOrDefault(file.getKey(), 0L)));
    }
    return parts;
  }

  /** Length and hash of each file, by its name; Spark numbers the names. */
  private Map<String, Row> hashes(String aside) {
    Map<String, Row> files = new TreeMap<>();
    spark
        .read()
        .format("binaryFile")
        .option("pathGlobFilter", "*.parquet")
        .load(lake.layout().root() + "/" + aside)
        .select(
            col("_metadata.file_name").as("name"),
            col("length"),
            sha2(col("content"), 256).as("sha256"))
        .collectAsList()
        .forEach(row -> files.put(row.getAs("name"), row));
    return files;
  }

  private Map<String, Long> rows(String aside) {
    Map<String, Long> rows = new TreeMap<>();
    spark
        .read()
        .parquet(lake.layout().root() + "/" + aside)
        .groupBy(col("_metadata.file_name").as("name"))
        .agg(count(lit(1)).as("rows"))
        .collectAsList()
        .forEach(row -> rows.put(row.getAs("name"), row.<Long>getAs("rows")));
    return rows;
  }
}
