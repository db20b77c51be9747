package dev.changelake.compact.land;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.changelake.compact.changelog.ChangeLogColumns;
import dev.changelake.compact.plan.OffsetRange;
import dev.changelake.compact.plan.PartitionPlan;
import dev.changelake.compact.plan.TopicPlan;
import dev.changelake.compact.store.SealedJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Raw records of a topic's frozen ranges, from Kafka or from what was landed of them before. */
final class RawRecords {
  static final int TOPIC = 0;
  static final int PARTITION = 1;
  static final int OFFSET = 2;
  static final int TIMESTAMP = 3;
  static final int KEY = 4;
  static final int VALUE = 5;
  static final int HEADERS = 6;
  static final int REPLAY_OF = 7;

  /** Kafka's source and the change log call these columns the same. */
  private static final Column[] COLUMNS =
      List.of(
              ChangeLogColumns.TOPIC,
              ChangeLogColumns.PARTITION,
              ChangeLogColumns.OFFSET,
              ChangeLogColumns.TIMESTAMP,
              ChangeLogColumns.KEY,
              ChangeLogColumns.VALUE,
              ChangeLogColumns.HEADERS)
          .stream()
          .map(name -> col(name))
          .toArray(Column[]::new);

  private RawRecords() {}

  /** Exactly the frozen ranges; a record that is gone fails the read. */
  static Dataset<Row> fromKafka(
      SparkSession spark, TopicPlan topic, Map<String, String> clientProperties) {
    DataFrameReader reader =
        spark
            .read()
            .format("kafka")
            .option("assign", assignment(topic))
            .option("startingOffsets", offsets(topic, OffsetRange::start))
            .option("endingOffsets", offsets(topic, OffsetRange::end))
            .option("failOnDataLoss", true)
            .option("includeHeaders", true);
    for (Map.Entry<String, String> property : clientProperties.entrySet()) {
      reader = reader.option("kafka." + property.getKey(), property.getValue());
    }
    return reader
        .option("kafka.isolation.level", "read_committed")
        .load()
        .select(COLUMNS)
        .withColumn(ChangeLogColumns.REPLAY_OF, lit(null).cast("bigint"));
  }

  /** The raw records of rows of the change log, which take the place of these. */
  static Dataset<Row> fromChangeLog(Dataset<Row> landed) {
    return landed.select(COLUMNS).withColumn(ChangeLogColumns.REPLAY_OF, lit(null).cast("bigint"));
  }

  /** The raw records of rows of the change log, which are landed beside these. */
  static Dataset<Row> replayed(Dataset<Row> landed) {
    List<Column> columns = new ArrayList<>(List.of(COLUMNS));
    columns.add(
        coalesce(col(ChangeLogColumns.REPLAY_OF), col(ChangeLogColumns.N))
            .as(ChangeLogColumns.REPLAY_OF));
    return landed.select(columns.toArray(Column[]::new));
  }

  private static String assignment(TopicPlan topic) {
    ObjectNode root = SealedJson.mapper().createObjectNode();
    ArrayNode partitions = root.putArray(topic.topic());
    topic.partitions().forEach(partition -> partitions.add(partition.range().partition()));
    return root.toString();
  }

  private static String offsets(TopicPlan topic, ToLongFunction<OffsetRange> end) {
    ObjectNode root = SealedJson.mapper().createObjectNode();
    ObjectNode partitions = root.putObject(topic.topic());
    for (PartitionPlan partition : topic.partitions()) {
      partitions.put(
          Integer.toString(partition.range().partition()), end.applyAsLong(partition.range()));
    }
    return root.toString();
  }
}
