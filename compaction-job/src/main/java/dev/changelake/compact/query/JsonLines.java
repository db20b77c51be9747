package dev.changelake.compact.query;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;

import dev.changelake.compact.changelog.ExactJson;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/** The rows of a query as JSON objects; bytes are base64 in them. */
public final class JsonLines {
  private JsonLines() {}

  public static Dataset<String> of(Dataset<Row> rows) {
    return rows.select(ExactJson.of(struct(col("*")))).as(Encoders.STRING());
  }
}
