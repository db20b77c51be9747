package dev.changelake.compact.query;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;

import dev.changelake.compact.changelog.ExactJson;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The rows of a query as JSON objects, or with JSON in them; bytes are base64 there. */
public final class JsonLines {
  private JsonLines() {}

  /** The rows, with arrays, maps and structs as JSON in the place of those. */
  public static Dataset<Row> ofNested(Dataset<Row> rows) {
    StructField[] fields = rows.schema().fields();
    // Columns of a query may have one name.
    String[] places =
        IntStream.range(0, fields.length).mapToObj(i -> "c" + i).toArray(String[]::new);
    return rows.toDF(places)
        .select(
            IntStream.range(0, fields.length)
                .mapToObj(i -> isNested(fields[i]) ? ExactJson.of(col(places[i])) : col(places[i]))
                .toArray(Column[]::new))
        .toDF(rows.columns());
  }

  private static boolean isNested(StructField field) {
    return field.dataType() instanceof ArrayType
        || field.dataType() instanceof MapType
        || field.dataType() instanceof StructType;
  }

  public static Dataset<String> of(Dataset<Row> rows) {
    return rows.select(ExactJson.of(struct(col("*")))).as(Encoders.STRING());
  }
}
