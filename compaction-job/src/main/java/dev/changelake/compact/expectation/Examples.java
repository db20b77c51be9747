package dev.changelake.compact.expectation;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/** Some rows, each by its key and what is wrong with it: {@code order_id=7 (company_id=3)}. */
final class Examples {
  private static final int MOST = 5;

  private Examples() {}

  static List<String> of(Dataset<Row> rows, List<String> key, Column what) {
    return rows.orderBy(columns(key))
        .limit(MOST)
        .select(concat(values(key), lit(" ("), what, lit(")")))
        .as(Encoders.STRING())
        .collectAsList();
  }

  /** The columns with their values, like {@code a=1, b=null}. */
  static Column values(List<String> names) {
    return concat_ws(", ", names.stream().map(Examples::value).toArray(Column[]::new));
  }

  static Column value(String name) {
    return concat(lit(name + "="), coalesce(col(name).cast("string"), lit("null")));
  }

  static Column[] columns(List<String> names) {
    return names.stream().map(name -> col(name)).toArray(Column[]::new);
  }
}
