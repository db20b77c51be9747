package dev.changelake.compact.spark;

import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * Fits a session to how much it has to do: Spark's defaults are for far more than a day's batch.
 */
public final class WorkSize {
  /** Below this, compiling code for a query takes longer than running it without. */
  private static final long WORTH_COMPILING = 100_000;

  private static final long RECORDS_A_TASK = 100_000;
  private static final int MOST_TASKS = 2_000;

  private WorkSize() {}

  /** A session of its own for work on so many records. */
  public static SparkSession sessionFor(SparkSession spark, long records) {
    SparkSession session = spark.newSession();
    long tasks =
        Math.max(
            spark.sparkContext().defaultParallelism(),
            Math.min(MOST_TASKS, records / RECORDS_A_TASK));
    session.conf().set("spark.sql.shuffle.partitions", tasks);
    settings(records).forEach((key, value) -> session.conf().set(key, value));
    return session;
  }

  /** How queries over so many records are run. */
  static Map<String, String> settings(long records) {
    boolean compiles = records >= WORTH_COMPILING;
    return Map.of(
        "spark.sql.codegen.wholeStage",
        Boolean.toString(compiles),
        "spark.sql.codegen.factoryMode",
        compiles ? "FALLBACK" : "NO_CODEGEN",
        // It makes a job of each stage, to look at sizes that are known to be small.
        "spark.sql.adaptive.enabled",
        Boolean.toString(compiles));
  }
}
