package dev.changelake.compact.bench;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.row_number;

import dev.changelake.compact.changelog.LakeLayout;
import dev.changelake.compact.spark.SparkSessions;
import dev.changelake.config.Configuration;
import dev.changelake.config.ConfigurationFile;
import io.delta.tables.DeltaTable;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.StructType;

/**
 * The plain way, for comparison: from_json, the newest record a key by a window, MERGE. It keeps no
 * log, guards against no replay, counts nothing.
 *
 * <p>{@code rows} builds the table from all that the topic holds, {@code changes} merges what came
 * after the given offsets, one an argument.
 */
public final class PlainMerge {
  private static final String TOPIC = "b2b.public.companies";

  private PlainMerge() {}

  public static void main(String[] args) throws Exception {
    Configuration configuration = ConfigurationFile.read(Path.of(args[0]));
    try (SparkSession spark = SparkSessions.start("plain", configuration)) {
      String path = LakeLayout.ofBucket(configuration.bucket()).root() + "/plain/companies";
      Dataset<Row> newest = newest(spark, configuration, args);
      if (args[1].equals("rows")) {
        newest
            .where("op != 'd'")
            .select("company_id", "after.company_name")
            .write()
            .format("delta")
            .option("delta.enableDeletionVectors", "true")
            .save(path);
      } else {
        DeltaTable.forPath(spark, path)
            .as("t")
            .merge(newest.as("s"), "t.company_id = s.company_id")
            .whenMatched("s.op = 'd'")
            .delete()
            .whenMatched()
            .updateExpr(Map.of("company_name", "s.after.company_name"))
            .whenNotMatched("s.op != 'd'")
            .insertExpr(
                Map.of("company_id", "s.company_id", "company_name", "s.after.company_name"))
            .execute();
      }
      System.out.printf("%d rows%n", spark.read().format("delta").load(path).count());
    }
  }

  private static Dataset<Row> newest(
      SparkSession spark, Configuration configuration, String[] args) {
    String starting = "earliest";
    if (args.length > 2) {
      starting = "{\"%s\":{\"0\":%s,\"1\":%s}}".formatted(TOPIC, args[2], args[3]);
    }
    StructType key = StructType.fromDDL("company_id BIGINT");
    StructType value =
        StructType.fromDDL(
            "op STRING, after STRUCT<company_id: BIGINT, company_name: STRING>, "
                + "source STRUCT<lsn: BIGINT>");
    return spark
        .read()
        .format("kafka")
        .option("kafka.bootstrap.servers", configuration.kafkaClient().get("bootstrap.servers"))
        .option("subscribe", TOPIC)
        .option("startingOffsets", starting)
        .load()
        .select(
            from_json(col("key").cast("string"), key).as("k"),
            from_json(col("value").cast("string"), value).as("v"),
            col("partition"),
            col("offset"))
        .withColumn(
            "rank",
            row_number()
                .over(
                    Window.partitionBy("k.company_id")
                        .orderBy(col("partition").desc(), col("offset").desc())))
        .where("rank = 1")
        .select("k.company_id", "v.op", "v.after");
  }
}
