package dev.changelake.compact.spark;

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
    boolean compiles = records >= WORTH_COMPILING;
    session.conf().set("spark.sql.codegen.wholeStage", compiles);
    // It makes a job of each stage, to look at sizes that are known to be small.
    session.conf().set("spark.sql.adaptive.enabled", compiles);
    session.conf().set("spark.sql.codegen.factoryMode", compiles ? "FALLBACK" : "NO_CODEGEN");
    return session;
  }
}
