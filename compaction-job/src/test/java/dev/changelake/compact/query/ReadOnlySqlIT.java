package dev.changelake.compact.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.changelake.compact.stack.TestStack;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Spark's and Delta's own parser make of SQL that people and reports bring. */
class ReadOnlySqlIT {
  private final SparkSession spark = TestStack.get().spark();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1",
        "SELECT * FROM orders WHERE price > (SELECT avg(price) FROM orders) ORDER BY 1 LIMIT 3",
        "SELECT o.*, c.name FROM orders o LEFT JOIN customers c USING (customer_id)",
        "WITH a AS (SELECT * FROM orders), b AS (SELECT * FROM a) SELECT count(*) FROM b",
        "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 9) SELECT * FROM t",
        "SELECT a, row_number() OVER (PARTITION BY a ORDER BY b) FROM t QUALIFY 1 = 1",
        "SELECT a, count(*) FROM t GROUP BY CUBE (a) HAVING count(*) > 1",
        "SELECT * FROM t PIVOT (sum(v) FOR k IN ('a', 'b'))",
        "SELECT * FROM t UNPIVOT (v FOR k IN (a, b))",
        "SELECT * FROM t LATERAL VIEW explode(tags) x AS tag",
        "SELECT * FROM t, LATERAL (SELECT * FROM u WHERE u.id = t.id)",
        "SELECT * FROM range(3) TABLESAMPLE (2 ROWS)",
        "SELECT * FROM VALUES (1, 'a'), (2, 'b') AS v(id, name)",
        "(SELECT * FROM a) UNION ALL (SELECT * FROM b) EXCEPT (SELECT * FROM c)",
        "SELECT DISTINCT /*+ BROADCAST(t) */ * FROM t OFFSET 2",
        "FROM orders |> WHERE price > 3 |> AGGREGATE count(*) GROUP BY customer_id",
        "SELECT transform(tags, x -> upper(x)), exists(tags, x -> x = 'delete') FROM t",
        "SELECT 'DELETE FROM orders' AS drop_table FROM insert_log",
        "TABLE orders",
        "VALUES (1)",
        "SHOW TABLES",
        "SHOW COLUMNS IN orders",
        "SHOW FUNCTIONS",
        "DESCRIBE orders",
        "DESCRIBE EXTENDED orders price",
        "DESCRIBE QUERY SELECT * FROM orders",
        "EXPLAIN SELECT * FROM orders"
      })
  void whatReadsIsLetThrough(String sql) {
    assertThat(ReadOnlySql.refusal(spark, sql)).isEmpty();
  }

  /** Spark refuses these when they are to be run: nothing of them was let through. */
  @ParameterizedTest
  @ValueSource(strings = {"DELET FROM orders", "SELECT (", ""})
  void whatIsNoSqlIsSparksToRefuse(String sql) {
    assertThat(ReadOnlySql.refusal(spark, sql)).isEmpty();
    assertThatThrownBy(() -> spark.sql(sql)).isInstanceOf(ParseException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELETE FROM delta.`s3a://b/data/orders`",
        "DELETE FROM orders",
        "UPDATE orders SET price = 0",
        "MERGE INTO orders o USING x ON o.id = x.id WHEN MATCHED THEN DELETE",
        "INSERT INTO orders VALUES (1)",
        "INSERT OVERWRITE DIRECTORY 's3a://b/x' USING csv SELECT 1",
        "FROM orders INSERT INTO a SELECT * INSERT INTO b SELECT *",
        "WITH a AS (SELECT 1) INSERT INTO orders SELECT * FROM a",
        "CREATE TABLE x USING delta AS SELECT 1",
        "CREATE OR REPLACE TEMPORARY VIEW orders AS SELECT 1",
        "CREATE TEMPORARY FUNCTION f AS 'java.lang.Runtime'",
        "DROP TABLE orders",
        "TRUNCATE TABLE orders",
        "ALTER TABLE orders ADD COLUMNS (x INT)",
        "OPTIMIZE delta.`s3a://b/data/orders`",
        "VACUUM delta.`s3a://b/data/orders` RETAIN 0 HOURS",
        "RESTORE TABLE delta.`s3a://b/data/orders` TO VERSION AS OF 0",
        "REORG TABLE delta.`s3a://b/data/orders` APPLY (PURGE)",
        "DESCRIBE HISTORY delta.`s3a://b/data/orders`",
        "CONVERT TO DELTA parquet.`s3a://b/x`",
        "CALL system.run('x')",
        "EXECUTE IMMEDIATE 'DELETE FROM orders'",
        "BEGIN DELETE FROM orders; END",
        "SET spark.sql.ansi.enabled = false",
        "SET VARIABLE x = 1",
        "DECLARE VARIABLE x INT DEFAULT 1",
        "RESET",
        "USE other",
        "CACHE TABLE x AS SELECT 1",
        "REFRESH TABLE orders",
        "ANALYZE TABLE orders COMPUTE STATISTICS",
        "ADD JAR 's3a://b/x.jar'",
        "LOAD DATA INPATH 's3a://b/x' INTO TABLE orders",
        "EXPLAIN DELETE FROM orders",
        "SELECT TRANSFORM (a) USING 'rm -rf x' AS (b) FROM t",
        "SELECT reflect('java.lang.System', 'exit', 1)",
        "SELECT java_method('java.lang.System', 'getenv', 'SECRET')",
        "SELECT system.builtin.try_reflect('java.lang.System', 'getenv', 'SECRET')",
        "SELECT 1 FROM t WHERE EXISTS (SELECT `JAVA_METHOD`('a', 'b'))",
        "SELECT upper(coalesce(a, reflect('a', 'b'))) FROM t",
        "SELECT IDENTIFIER('reflect')('java.lang.System', 'getenv', 'SECRET')",
        "SELECT * FROM IDENTIFIER('delta.`s3a://b/x`')",
        "SELECT * FROM t LATERAL VIEW reflect('a', 'b') x AS y",
        "WITH a AS (SELECT * FROM text.`file:///etc/passwd`) SELECT * FROM a",
        "SELECT (SELECT max(value) FROM text.`file:///etc/passwd`)",
        "SELECT * FROM parquet.`s3a://other/x`",
        "SELECT * FROM table_changes_by_path('s3a://b/data/orders', 0)",
        "DESCRIBE delta.`s3a://b/data/orders`",
        "SELECT from_protobuf(a, 'M', '/etc/passwd') FROM t"
      })
  void whatDoesMoreIsRefused(String sql) {
    assertThat(ReadOnlySql.refusal(spark, sql)).isPresent();
  }
}
