package dev.changelake.compact.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.changelake.compact.spark.WorkSize;
import dev.changelake.compact.stack.TestStack;
import dev.changelake.contract.TableContracts;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import dev.changelake.oracle.TableComparison;
import dev.changelake.oracle.report.ReportOracle;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The reports' SQL on small tables, and what is refused of a report. */
class ReportQueryIT {
  private static final LocalDate DAY = LocalDate.of(2020, 6, 30);
  private static final long SEED = Long.getLong("report.seed", System.nanoTime() % 1_000_000);
  private static final int ROUNDS = Integer.getInteger("report.rounds", 15);

  private SparkSession spark;

  @BeforeEach
  void session() {
    spark = WorkSize.sessionFor(TestStack.get().spark(), 0);
  }

  @Test
  void theFourReportsSayWhatTheOracleSays() {
    // given
    System.out.println("report.seed=" + SEED);
    Map<dev.changelake.oracle.report.Report, Integer> rows =
        new EnumMap<>(dev.changelake.oracle.report.Report.class);
    for (int round = 0; round < ROUNDS; round++) {
      RandomTables tables = new RandomTables(SEED + round, DAY);
      tables.register(spark);
      for (dev.changelake.oracle.report.Report expected :
          dev.changelake.oracle.report.Report.values()) {
        Report report = shipped(expected.table());

        // when
        List<SortedMap<String, Object>> actual =
            new ReportQuery(spark, report)
                .rows(DAY).stream().map(row -> RandomTables.row(report, row)).toList();

        // then
        TableComparison.assertSameInOrder(
            "-Dreport.seed=" + (SEED + round) + " " + expected.table(),
            expected.key(),
            new ReportOracle(tables.tables(), DAY).rows(expected),
            actual);
        rows.merge(expected, actual.size(), Integer::sum);
      }
    }
    assertThat(rows).hasSize(4).allSatisfy((report, count) -> assertThat(count).isPositive());
  }

  @Test
  void aReportWhoseOrderStandsInAnyPlaceThatKeepsItIsMade() {
    assertThat(rows("SELECT a, b FROM VALUES (2, 'x'), (1, 'y') AS t(a, b) ORDER BY a"))
        .hasToString("[[1,y], [2,x]]");
    assertThat(rows("WITH t AS (SELECT 1 AS a, 'x' AS b) SELECT a, b FROM t ORDER BY a LIMIT 3"))
        .hasToString("[[1,x]]");
    assertThat(rows("SELECT a, b FROM (SELECT 2 AS a, 'x' AS b) ORDER BY b DESC, a"))
        .hasToString("[[2,x]]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT a, b FROM VALUES (1, 'x') AS t(a, b)",
        "SELECT a, b FROM VALUES (1, 'x') AS t(a, b) ORDER BY b",
        "SELECT a, b FROM VALUES (1, 'x') AS t(a, b) ORDER BY abs(a)",
        "SELECT a, max(b) AS b FROM (SELECT * FROM VALUES (1, 'x') AS t(a, b) ORDER BY a) GROUP BY a",
        "SELECT a, b FROM VALUES (1, 'x') AS t(a, b) SORT BY a"
      })
  void aReportWithoutATotalOrderIsRefused(String sql) {
    assertThat(refused(sql).why()).contains("do not order all rows by its key [a]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT a, b FROM VALUES (1, 'x') AS t(a, b) WHERE current_date() > DATE '2020-01-01' ORDER BY a",
        "SELECT 1 AS a, CAST(now() AS string) AS b ORDER BY a",
        "SELECT CAST(rand() AS int) AS a, 'x' AS b ORDER BY a",
        "WITH t AS (SELECT 1 AS a, uuid() AS b) SELECT a, b FROM t ORDER BY a",
        "SELECT a, b FROM VALUES (1, 'x') AS t(a, b) WHERE a IN (SELECT unix_timestamp()) ORDER BY a"
      })
  void aReportOfTheMomentOrOfChanceIsRefused(String sql) {
    assertThat(refused(sql).why()).contains("says something else at another time");
  }

  @Test
  void aReportMayKnowItsBusinessDate() {
    assertThat(rows("SELECT 1 AS a, CAST(session.business_date AS string) AS b ORDER BY a"))
        .hasToString("[[1,2020-06-30]]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1 AS a ORDER BY a",
        "SELECT 1L AS a, 'x' AS b ORDER BY a",
        "SELECT 1 AS a, 'x' AS c ORDER BY a",
        "SELECT 'x' AS b, 1 AS a ORDER BY a"
      })
  void aReportWithOtherColumnsThanItPromisesIsRefused(String sql) {
    assertThat(refused(sql).why()).contains("Its head promises [a INT, b STRING]");
  }

  @Test
  void aReportWhoseKeyIsNoneIsRefused() {
    assertThat(refused("SELECT a, b FROM VALUES (1, 'x'), (1, 'y') AS t(a, b) ORDER BY a").why())
        .isEqualTo("Two of its rows have the key [1].");
    assertThat(refused("SELECT a, b FROM VALUES (1, 'x'), (null, 'y') AS t(a, b) ORDER BY a").why())
        .isEqualTo("One of its rows has the key [null], and a key is never null.");
  }

  @Test
  void aReportThatIsNoSqlIsRefusedInOneLine() {
    // when
    ChangelakeException refused = refused("SELECT a FROM nowhere ORDER BY a");
    // then
    assertThat(refused.category()).isEqualTo(ErrorCategory.USAGE);
    assertThat(refused.problem()).isEqualTo("The report small cannot be made.");
    assertThat(refused.why()).contains("nowhere").doesNotContain("\n");
  }

  private List<Row> rows(String sql) {
    return new ReportQuery(spark, small(sql)).rows(DAY);
  }

  private ChangelakeException refused(String sql) {
    return catchThrowableOfType(ChangelakeException.class, () -> rows(sql));
  }

  private static Report small(String sql) {
    String head = "-- A small report.\n-- column a int\n-- column b string\n-- key a\n";
    return ReportFile.parse("small", (head + sql).getBytes(StandardCharsets.UTF_8));
  }

  private static Report shipped(String name) {
    return Reports.load(Optional.empty(), TableContracts.load(Optional.empty())).all().stream()
        .filter(report -> report.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
