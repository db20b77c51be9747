package dev.changelake.compact.spark;

import dev.changelake.compact.store.ConditionalPutLogStore;
import dev.changelake.compact.store.ReadOnlyS3;
import dev.changelake.config.Configuration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import scala.Tuple2;

/** Starts Spark with what Delta, S3 and exact results need. */
public final class SparkSessions {
  private SparkSessions() {}

  /** A session; the caller stops it. */
  public static SparkSession start(String name, Configuration configuration) {
    return start(name, settings(configuration));
  }

  /** A session that cannot write to the object store; the caller stops it. */
  public static SparkSession startToRead(String name, Configuration configuration) {
    return start(name, readingSettings(configuration));
  }

  private static SparkSession start(String name, Map<String, String> settings) {
    SparkSession.Builder builder = SparkSession.builder().appName(name);
    if (System.getProperty("spark.master") == null) {
      builder.master("local[*]");
    }
    settings.forEach(builder::config);
    SparkSession spark = builder.getOrCreate();
    // Else Spark walks the stack for each query, to name it by its line.
    spark.sparkContext().setLocalProperty("callSite.short", name);
    spark.sparkContext().setLocalProperty("callSite.long", name);
    return spark;
  }

  /** Hadoop's settings as a session has them, for commands that read small files and need none. */
  public static org.apache.hadoop.conf.Configuration hadoop(Configuration configuration) {
    SparkConf conf = new SparkConf();
    settings(configuration).forEach(conf::set);
    org.apache.hadoop.conf.Configuration hadoop = new org.apache.hadoop.conf.Configuration();
    for (Tuple2<String, String> setting : conf.getAllWithPrefix("spark.hadoop.")) {
      hadoop.set(setting._1(), setting._2());
    }
    return hadoop;
  }

  /** The settings of a session that has nothing to write. */
  static Map<String, String> readingSettings(Configuration configuration) {
    Map<String, String> settings = settings(configuration);
    settings.put("spark.hadoop.fs.s3a.impl", ReadOnlyS3.class.getName());
    return settings;
  }

  /** Spark's settings: our defaults, the configuration's over them. */
  static Map<String, String> settings(Configuration configuration) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension");
    settings.put(
        "spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog");
    settings.put("spark.ui.enabled", "false");
    settings.put("spark.scheduler.mode", "FAIR");
    // Sized for a day's batch; adaptive execution joins what is still too small.
    settings.put("spark.sql.shuffle.partitions", "4");
    settings.put("spark.databricks.delta.snapshotPartitions", "1");
    // All sessions of a command are its own: they need no class loaders of their own.
    settings.put("spark.sql.artifact.isolation.enabled", "false");
    // What Delta asks of its own logs is small; work on rows has a session that fits it.
    settings.putAll(WorkSize.settings(0));
    // The fold is checkpointed; MERGE need not copy it again.
    settings.put("spark.databricks.delta.merge.materializeSource", "none");
    // The analytics stream, which is S3A's own choice, remembers what a path held: reading what
    // somebody wrote anew fails.
    settings.put("spark.hadoop.fs.s3a.input.stream.type", "classic");
    settings.put("spark.hadoop.fs.s3a.attempts.maximum", "3");
    settings.put("spark.hadoop.fs.s3a.retry.limit", "4");
    settings.put("spark.hadoop.fs.s3a.connection.establish.timeout", "10s");
    configuration.s3a().forEach((key, value) -> settings.put("spark.hadoop." + key, value));
    settings.putAll(configuration.spark());
    // Never others: the same batch would say something else.
    settings.put("spark.sql.session.timeZone", "UTC");
    settings.put("spark.sql.ansi.enabled", "true");
    settings.put("spark.sql.datetime.java8API.enabled", "true");
    // Never INT96, Spark's own choice, which others read as another date before 1678 and after
    // 2262;
    // and never Spark 2's calendar.
    settings.put("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS");
    for (String format : List.of("datetime", "int96")) {
      settings.put("spark.sql.parquet.%sRebaseModeInWrite".formatted(format), "CORRECTED");
      settings.put("spark.sql.parquet.%sRebaseModeInRead".formatted(format), "CORRECTED");
    }
    // The age of a batch says whether it can be read, not that of the versions that it names.
    settings.put(
        "spark.databricks.delta.vacuum.enforceTimeTravelWithinDeletedFileRetentionDuration",
        "false");
    // Never another one: two drivers would lose each other's commits.
    settings.put("spark.delta.logStore.s3a.impl", ConditionalPutLogStore.class.getName());
    return settings;
  }
}
