package dev.changelake.compact.load;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import dev.changelake.compact.changelog.SparkTypes;
import dev.changelake.contract.TableContract;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Rows of {@code orders} that are always the same, in no order of their keys, as those of a lake
 * are; and as many changes to them: of ten keys eight are updated, one is deleted, one is left as
 * it is, and a new one is inserted.
 *
 * @param count how many rows there are; a multiple of ten
 */
record BenchmarkOrders(SparkSession spark, TableContract contract, long count) {
  private static final String KEY = "order_id";

  /** Whether a row is of the first load (0) or as changed (1). */
  private static final String REVISION = "revision";

  private static final long LARGE_PRIME = Integer.MAX_VALUE;

  private static final Map<String, String> EXPRESSIONS =
      Map.of(
          KEY,
          "order_id",
          "prod_id",
          "pmod(order_id * 7919, 1000) + 1",
          "customer_id",
          "pmod(order_id * 104729, 100003) + 1",
          "prod_quote_price",
          "cast(pmod(order_id * 31337 + revision * 17, 10000000) AS decimal(20, 0)) / 100",
          "is_lead_sale",
          "order_id % 3 = 0",
          "crm_lead_id",
          "if(order_id % 3 = 0, order_id * 2, NULL)",
          "company_id",
          "pmod(order_id * 31, 5000) + 1",
          "created_date",
          "timestamp_micros(1592697600000000 + order_id * 1000003)");

  /** A row's text, in Spark's SQL and in PostgreSQL's, but for the moment. */
  private static final String TEXT =
      "concat_ws('|', order_id, prod_id, customer_id, prod_quote_price, cast(is_lead_sale AS int),"
          + " coalesce(cast(crm_lead_id AS varchar(20)), '-'), company_id, %s)";

  BenchmarkOrders {
    if (count < 10 || count % 10 != 0) {
      throw new IllegalArgumentException("The number of rows is a multiple of ten, not " + count);
    }
  }

  /** How many rows there are, and the sum of a hash of each. */
  record Sum(long rows, String hashes) {}

  long updated() {
    return count / 10 * 8;
  }

  long deleted() {
    return count / 10;
  }

  long inserted() {
    return count / 10;
  }

  long countAfter() {
    return count - deleted() + inserted();
  }

  Dataset<Row> rows() {
    return scattered().withColumn(REVISION, lit(0)).select(columns(lit(false)));
  }

  /** The changes; of a deleted row its key alone. */
  Dataset<Row> changes() {
    Column deleted = col(RowChange.COLUMN).equalTo(RowChange.DELETED.code());
    return scattered()
        .withColumn(
            RowChange.COLUMN,
            when(expr("order_id % 10 = 0"), RowChange.DELETED.code())
                .when(expr("order_id % 10 = 1"), RowChange.INSERTED.code())
                .otherwise(RowChange.UPDATED.code()))
        .withColumn(
            KEY,
            expr("if(order_id %% 10 = 1, %d + order_id div 10 + 1, order_id)".formatted(count)))
        .withColumn(REVISION, lit(1))
        .select(col(RowChange.COLUMN), struct(columns(deleted)).as("row"))
        .select(RowChange.COLUMN, "row.*");
  }

  /** The sum of all rows. */
  Sum sum() {
    return sum(spark.range(1, count + 1).toDF(KEY).withColumn(REVISION, lit(0)));
  }

  /** The sum of all rows once they are changed. */
  Sum sumAfter() {
    return sum(
        spark
            .range(1, count + inserted() + 1)
            .toDF(KEY)
            .where("order_id > %d OR order_id %% 10 <> 0".formatted(count))
            .withColumn(
                REVISION, expr("if(order_id > %d OR order_id %% 10 > 1, 1, 0)".formatted(count))));
  }

  private Sum sum(Dataset<Row> keys) {
    Row sum =
        keys.select(columns(lit(false)))
            .selectExpr(
                "count(*)",
                "cast(sum(cast(conv(substr(md5(%s), 1, 15), 16, 10) AS decimal(20, 0))) AS string)"
                    .formatted(TEXT.formatted("unix_micros(created_date)")))
            .first();
    return new Sum(sum.getLong(0), sum.getString(1));
  }

  /** What a table's sum is, by PostgreSQL. */
  static Sum sumOf(Connection connection, String table) throws SQLException {
    String moment = "cast(extract(epoch FROM created_date) * 1000000 AS bigint)";
    String sql =
        "SELECT count(*), sum(('x' || substr(md5(%s), 1, 15))::bit(60)::bigint)::text FROM %s"
            .formatted(TEXT.formatted(moment), table);
    try (Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      found.next();
      return new Sum(found.getLong(1), found.getString(2));
    }
  }

  /** All keys, in an order that is not theirs. */
  private Dataset<Row> scattered() {
    return spark
        .range(count)
        .select(expr("pmod(id * %d, %d) + 1".formatted(LARGE_PRIME, count)).as(KEY));
  }

  /** The contract's columns, null but for the key where a row is deleted. */
  private Column[] columns(Column deleted) {
    return contract.storedColumns().stream()
        .map(
            column -> {
              String name = column.name();
              Column value = expr(EXPRESSIONS.get(name)).cast(SparkTypes.of(column.type()));
              return (name.equals(KEY) ? value : when(not(deleted), value)).as(name);
            })
        .toArray(Column[]::new);
  }
}
