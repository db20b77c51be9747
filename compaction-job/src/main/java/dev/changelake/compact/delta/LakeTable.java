package dev.changelake.compact.delta;

import dev.changelake.compact.store.SealedJson;
import io.delta.exceptions.DeltaConcurrentModificationException;
import io.delta.tables.DeltaTable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.Option;

/** One Delta table of the lake, by its path. */
public final class LakeTable {
  private static final String TXN_APP_ID = "spark.databricks.delta.write.txnAppId";
  private static final String TXN_VERSION = "spark.databricks.delta.write.txnVersion";
  private static final String DELETION_VECTORS = "delta.enableDeletionVectors";
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

  /** The session whose writes to this table can carry a tag. */
  public SparkSession session() {
    return spark;
  }

  public boolean exists() {
    return log.exists();
  }

  /**
   * Creates the table unless it exists.
   *
   * <p>By a write of no rows: CREATE TABLE refuses a folder that is not empty, and another driver,
   * or one that was killed, may have begun the log there.
   */
  public void createIfAbsent(
      StructType schema,
      List<String> partitionColumns,
      Map<String, String> properties,
      CommitTag tag) {
    if (exists()) {
      return;
    }
    DataFrameWriter<Row> writer =
        spark
            .createDataFrame(List.of(), schema)
            .write()
            .format("delta")
            .mode(SaveMode.Append)
            .partitionBy(partitionColumns.toArray(String[]::new))
            .options(properties);
    orRace(() -> withUserMetadata(tag, () -> writer.save(path)), this::exists);
  }

  /**
   * Requires that the table can hold rows of the schema, once it got the columns that it lacks.
   *
   * @throws dev.changelake.error.ChangelakeException if more than new columns would be needed
   */
  public void requireFit(StructType schema) {
    SchemaFit.require(path, read().schema(), schema);
  }

  /**
   * Makes the table hold rows of the schema: adds the nullable columns that it does not have yet,
   * widens types, and lets columns be null.
   *
   * @return whether there was anything to do
   */
  public boolean complete(StructType schema, CommitTag tag) {
    boolean added = addMissingColumns(schema, tag);
    return widen(schema, tag) || added;
  }

  private boolean addMissingColumns(StructType schema, CommitTag tag) {
    StructType present = read().schema();
    SchemaFit.require(path, present, schema);
    List<String> missing =
        Arrays.stream(schema.fields())
            .filter(field -> !List.of(present.fieldNames()).contains(field.name()))
            .map(LakeTable::columnDefinition)
            .toList();
    if (!missing.isEmpty()) {
      prepareFor(schema, tag);
      withUserMetadata(
          tag,
          () ->
              spark.sql(
                  "ALTER TABLE delta.`%s` ADD COLUMNS (%s)"
                      .formatted(path, String.join(", ", missing))));
    }
    return !missing.isEmpty();
  }

  /**
   * Gives columns the wider types of the schema, and lets those be null that are nullable there.
   *
   * @return whether there were any
   */
  public boolean widen(StructType schema, CommitTag tag) {
    StructType present = read().schema();
    Map<String, DataType> wider = SchemaFit.widenings("", present, schema);
    List<String> loosened = SchemaFit.loosened(present, schema);
    if (!wider.isEmpty()) {
      setProperties(Map.of("delta.enableTypeWidening", "true"), tag);
    }
    wider.forEach((path, type) -> alterColumn(path, "TYPE " + type.sql(), tag));
    loosened.forEach(name -> alterColumn("`" + name + "`", "DROP NOT NULL", tag));
    return !wider.isEmpty() || !loosened.isEmpty();
  }

  private void alterColumn(String column, String change, CommitTag tag) {
    withUserMetadata(
        tag,
        () ->
            spark.sql("ALTER TABLE delta.`%s` ALTER COLUMN %s %s".formatted(path, column, change)));
  }

  /**
   * Lets the table have columns of the schema's types: Delta refuses the first local timestamp of a
   * table that was made without one, unless the feature is turned on.
   */
  public void prepareFor(StructType schema, CommitTag tag) {
    if (hasLocalTimestamp(schema) && !hasLocalTimestamp(read().schema())) {
      setProperties(Map.of("delta.feature.timestampNtz", "supported"), tag);
    }
  }

  private static boolean hasLocalTimestamp(DataType type) {
    if (type instanceof ArrayType array) {
      return hasLocalTimestamp(array.elementType());
    }
    return type instanceof StructType struct
        ? Arrays.stream(struct.fields()).anyMatch(field -> hasLocalTimestamp(field.dataType()))
        : type.equals(DataTypes.TimestampNTZType);
  }

  /**
   * Lets Delta mark rows as deleted, where it would else write whole files again. A table that no
   * row was ever taken from stays without the feature, which other readers have to know; one whose
   * property says otherwise is left so.
   */
  public void allowDeletionVectors(CommitTag tag) {
    if (!hasProperty(DELETION_VECTORS)) {
      orRace(
          () -> setProperties(Map.of(DELETION_VECTORS, "true"), tag),
          () -> hasProperty(DELETION_VECTORS));
    }
  }

  private boolean hasProperty(String name) {
    return DeltaLog.forTable(spark, path)
        .update(false, Option.empty(), Option.empty())
        .metadata()
        .configuration()
        .contains(name);
  }

  /** Sets properties of the table. */
  public void setProperties(Map<String, String> properties, CommitTag tag) {
    String list =
        properties.entrySet().stream()
            .map(property -> "'%s' = '%s'".formatted(property.getKey(), property.getValue()))
            .collect(Collectors.joining(", "));
    withUserMetadata(
        tag,
        () -> spark.sql("ALTER TABLE delta.`%s` SET TBLPROPERTIES (%s)".formatted(path, list)));
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

  /** Puts the table back to a version by an operator's decision, which the commit keeps. */
  public void restore(long version, String who, String why) {
    String decision =
        SealedJson.mapper().createObjectNode().put("by", who).put("why", why).toString();
    withUserMetadata(decision, () -> delta().restoreToVersion(version));
  }

  /**
   * Makes the commit that the tag describes, unless it is there already.
   *
   * @param since a version that the commit comes after
   * @return the commit; empty if Delta dropped the write because another commit has its transaction
   */
  public Optional<TableCommit> commitOnce(CommitTag tag, long since, Runnable write) {
    Optional<TableCommit> done = find(tag, since);
    if (done.isPresent()) {
      return done;
    }
    orRace(() -> withTransaction(tag, write), () -> find(tag, since).isPresent());
    return find(tag, since);
  }

  /** Another driver may work on the same plan: its success is as good as ours. */
  private static void orRace(Runnable write, BooleanSupplier doneByOther) {
    try {
      write.run();
    } catch (RuntimeException e) {
      if (!(isRace(e) && doneByOther.getAsBoolean())) {
        throw e;
      }
    }
  }

  private static boolean isRace(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof DeltaConcurrentModificationException) {
        return true;
      }
    }
    return false;
  }

  private Optional<TableCommit> find(CommitTag tag, long since) {
    return commitsSince(since).stream().filter(commit -> commit.is(tag)).findFirst();
  }

  /** The session forgets the transaction after the write: Delta would drop the next one too. */
  private void withTransaction(CommitTag tag, Runnable write) {
    spark.conf().set(TXN_APP_ID, tag.appId());
    spark.conf().set(TXN_VERSION, tag.version());
    try {
      withUserMetadata(tag, write);
    } finally {
      spark.conf().unset(TXN_APP_ID);
      spark.conf().unset(TXN_VERSION);
    }
  }

  private void withUserMetadata(CommitTag tag, Runnable write) {
    withUserMetadata(tag.userMetadata(), write);
  }

  private void withUserMetadata(String metadata, Runnable write) {
    spark.conf().set(USER_METADATA, metadata);
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
