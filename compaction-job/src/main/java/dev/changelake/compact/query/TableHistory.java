package dev.changelake.compact.query;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import dev.changelake.compact.changelog.ChangeLogColumns;
import dev.changelake.compact.changelog.ExactJson;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** The records that changed a table, newest first. */
public final class TableHistory {
  private TableHistory() {}

  /** The history of a table's topic, or of one of its keys. */
  public static Dataset<Row> of(LakeViews views, String table, List<String> key) {
    Dataset<Row> log =
        views
            .changes(table)
            .orElseThrow(
                () ->
                    usage(
                        "Nothing was landed of %s.".formatted(table),
                        "No finished batch has records of such a topic.",
                        "Check the name; `bin/changelake batches` lists what was landed."));
    StructType keyType = (StructType) log.schema().apply(ChangeLogColumns.ROW_KEY).dataType();
    if (!key.isEmpty() && key.size() != keyType.size()) {
      throw usage(
          "The key of %s has %d columns, %d values were given."
              .formatted(table, keyType.size(), key.size()),
          "Its columns are %s.".formatted(List.of(keyType.fieldNames())),
          "Give --key once for each of them, in that order.");
    }
    for (int i = 0; i < key.size(); i++) {
      String name = keyType.fieldNames()[i];
      log =
          log.where(
              col(ChangeLogColumns.ROW_KEY + "." + name)
                  .equalTo(lit(key.get(i)).try_cast(keyType.fields()[i].dataType())));
    }
    return log.orderBy(
            col(ChangeLogColumns.N).desc(),
            col(ChangeLogColumns.PARTITION),
            col(ChangeLogColumns.OFFSET).desc())
        .select(
            col(ChangeLogColumns.N),
            col(ChangeLogColumns.PARTITION),
            col(ChangeLogColumns.OFFSET),
            col(ChangeLogColumns.LSN),
            expr("timestamp_millis(%s)".formatted(ChangeLogColumns.SOURCE_TS_MS))
                .as("committed_at"),
            col(ChangeLogColumns.OP),
            col(ChangeLogColumns.STATUS),
            col(ChangeLogColumns.REASON),
            ExactJson.of(col(ChangeLogColumns.ROW_KEY)).as("key"),
            ExactJson.of(col(ChangeLogColumns.AFTER)).as(ChangeLogColumns.AFTER));
  }

  private static ChangelakeException usage(String problem, String why, String remedy) {
    return new ChangelakeException(ErrorCategory.USAGE, problem, why, remedy);
  }
}
