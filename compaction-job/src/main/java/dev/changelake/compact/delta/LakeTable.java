package dev.changelake.compact.delta;

import io.delta.tables.DeltaTable;
import io.delta.tables.DeltaTableBuilder;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** One Delta table of the lake, by its path. */
public final class LakeTable {
  private static final String USER_METADATA = "spark.databricks.delta.commitInfo.userMetadata";

  private final SparkSession spark;
  private final String path;
  private final CommitLog log;

  public LakeTable(SparkSession spark, String path) {
    this.spark = spark;
    this.path = path;
    this.log = new CommitLog(path, spark.sparkContext().hadoopConfiguration());
  }

  public String path() {
    return path;
  }

  public boolean exists() {
    return log.exists();
  }

  /** Creates the table unless it exists, with the lake's retention. */
  public void createIfAbsent(
      StructType schema, List<String> partitionColumns, Retention retention, CommitTag tag) {
    if (exists()) {
      return;
    }
    DeltaTableBuilder builder =
        DeltaTable.createIfNotExists(spark)
            .location(path)
            .addColumns(schema)
            .partitionedBy(partitionColumns.toArray(String[]::new));
    retention.properties().forEach(builder::property);
    withUserMetadata(tag, builder::execute);
  }

  /** Adds the nullable columns that the table does not have yet. */
  public void addMissingColumns(StructType schema, CommitTag tag) {
    StructType present = read().schema();
    List<String> missing =
        Arrays.stream(schema.fields())
            .filter(field -> !List.of(present.fieldNames()).contains(field.name()))
            .map(LakeTable::columnDefinition)
            .toList();
    if (!missing.isEmpty()) {
      withUserMetadata(
          tag,
          () ->
              spark.sql(
                  "ALTER TABLE delta.`%s` ADD COLUMNS (%s)"
                      .formatted(path, String.join(", ", missing))));
    }
  }

  /** The table as it is now. */
  public Dataset<Row> read() {
    return spark.read().format("delta").load(path);
  }

  /** The table as it was at a version. */
  public Dataset<Row> read(long version) {
    return spark.read().format("delta").option("versionAsOf", version).load(path);
  }

  public DeltaTable delta() {
    return DeltaTable.forPath(spark, path);
  }

  /** The commits after a version, newest first. */
  public List<TableCommit> commitsSince(long version) {
    return log.since(version);
  }

  /** Puts the table back to a version, as a new commit. */
  public void restore(long version, CommitTag tag) {
    withUserMetadata(tag, () -> delta().restoreToVersion(version));
  }

  /** Runs a write whose commit carries the tag; the session forgets the tag after it. */
  public void writeOnce(CommitTag tag, Runnable write) {
    spark.conf().set("spark.databricks.delta.write.txnAppId", tag.appId());
    spark.conf().set("spark.databricks.delta.write.txnVersion", tag.version());
    try {
      withUserMetadata(tag, write);
    } finally {
      spark.conf().unset("spark.databricks.delta.write.txnAppId");
      spark.conf().unset("spark.databricks.delta.write.txnVersion");
    }
  }

  private void withUserMetadata(CommitTag tag, Runnable write) {
    spark.conf().set(USER_METADATA, tag.userMetadata());
    try {
      write.run();
    } finally {
      spark.conf().unset(USER_METADATA);
    }
  }

  private static String columnDefinition(StructField field) {
    return "`%s` %s".formatted(field.name(), field.dataType().sql());
  }
}
