package dev.changelake.compact.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.changelake.compact.changelog.LakeLayout;
import dev.changelake.compact.cli.JobMain;
import dev.changelake.compact.crash.ChildJvm;
import dev.changelake.compact.result.Output;
import dev.changelake.compact.result.Output.Outcome;
import dev.changelake.compact.stack.TestStack;
import dev.changelake.config.Configuration;
import dev.changelake.config.ConfigurationFile;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import dev.changelake.oracle.SourceTable;
import dev.changelake.oracle.history.HistoryPublisher;
import dev.changelake.oracle.history.HistoryRates;
import dev.changelake.oracle.history.OutRecord;
import dev.changelake.oracle.history.RandomHistory;
import dev.changelake.oracle.report.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Reports, snapshots and the warehouse over three batches of a random history, in the order in
 * which a week goes wrong. The last two are of one date, and so publish to the same folders.
 * Everything is compared with what the oracle says, cell by cell.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class PublishIT {
  private static final long SEED = Long.getLong("history.seed", System.nanoTime() % 1_000_000);
  private static final int LEAST_RECORDS = 300;

  @TempDir private static Path folder;

  private OutputsUnderTest outputs;
  private LakeUnderTest.Checked first;
  private LakeUnderTest.Checked second;
  private LakeUnderTest.Checked third;

  @BeforeAll
  void compactsThreeBatches() throws IOException {
    Path reports = Files.createDirectory(folder.resolve("reports"));
    Files.writeString(
        reports.resolve("orders_by_company.sql"),
        """
        -- Orders of each company: a fifth report, of one file.
        -- column company_id bigint
        -- column company_name string
        -- column orders bigint
        -- key company_id
        SELECT o.company_id, c.company_name, count(*) AS orders
        FROM orders o LEFT JOIN companies c ON c.company_id = o.company_id
        GROUP BY ALL
        ORDER BY company_id
        """);
    TestStack stack = TestStack.get();
    stack.freshLake(Map.of());
    Map<String, String> entries =
        stack.entries(
            stack.freshBucket(
                Map.of(
                    "lake.quarantine-max-share",
                    "1",
                    "geo.database",
                    SmallCountryDatabase.in(folder).toString(),
                    "reports.directory",
                    reports.toString())));
    new ObjectMapper().writeValue(configurationFile().toFile(), entries);
    Configuration configuration = ConfigurationFile.read(configurationFile());
    LakeUnderTest lake = new LakeUnderTest("-Dhistory.seed=" + SEED, configuration);
    outputs = new OutputsUnderTest(configuration, lake.lake());
    TestStack.get().topics().create(2);
    HistoryPublisher publisher = new HistoryPublisher(TestStack.get().bootstrapServers());
    RandomHistory history =
        new RandomHistory(SEED, HistoryRates.wild().withStepsPerBatch(LEAST_RECORDS).withKeys(8));
    publish(publisher, history);
    first = lake.finishAndCheck("2026-01-01");
    publish(publisher, history);
    second = lake.finishAndCheck("2026-01-02");
    publish(publisher, history);
    third = lake.finishAndCheck("2026-01-02.b");
  }

  private static void publish(HistoryPublisher publisher, RandomHistory history) {
    List<OutRecord> records = new ArrayList<>();
    while (records.size() < LEAST_RECORDS) {
      records.addAll(history.nextBatch());
    }
    publisher.publish(records);
  }

  /** A base table that the third batch changed: no batch of so many records changes none. */
  private String changed() {
    return OutputsUnderTest.BASE_TABLES.stream()
        .map(SourceTable::table)
        .filter(
            table ->
                !third.manifest().tableVersion(table).equals(second.manifest().tableVersion(table)))
        .findFirst()
        .orElseThrow();
  }

  @Test
  @Order(1)
  void aBatchIsNotLoadedBeforeItsReportsAreMade() {
    // when
    ChangelakeException refused =
        catchThrowableOfType(ChangelakeException.class, () -> outputs.publish(first.manifest()));

    // then
    assertThat(refused.category()).isEqualTo(ErrorCategory.USAGE);
    assertThat(refused.remedy()).contains("report --batch 2026-01-01");
    assertThat(outputs.files(first.manifest())).isEmpty();
  }

  @Test
  @Order(2)
  void reportsSnapshotsAndWarehouseAreWhatTheOracleSays() throws SQLException {
    for (LakeUnderTest.Checked batch : List.of(first, second)) {
      // when
      List<Output> made = outputs.report(batch.manifest());
      List<Output> published = outputs.publish(batch.manifest());

      // then
      assertThat(made)
          .hasSize(7)
          .allSatisfy(o -> assertThat(o.outcome()).isEqualTo(Outcome.WRITTEN));
      assertThat(published).hasSize(13);
      outputs.requireFiles(batch.manifest(), batch.expected());
      outputs.requireWarehouse(batch.manifest(), batch.expected());
    }
  }

  @Test
  @Order(3)
  void aSecondRunChangesNothing() throws SQLException {
    // given
    SortedMap<String, String> before = outputs.files(second.manifest());

    // when
    List<Output> again =
        Stream.concat(
                outputs.report(second.manifest()).stream(),
                outputs.publish(second.manifest()).stream())
            .toList();

    // then
    assertThat(again).extracting(Output::outcome).containsOnly(Outcome.UNCHANGED);
    assertThat(outputs.files(second.manifest())).isEqualTo(before);
    outputs.requireWarehouse(second.manifest(), second.expected());
    assertThat(audits("companies")).containsExactly("1", "2");
  }

  @Test
  @Order(4)
  void anOlderBatchGivesTheSameBytesADayLaterAndReplacesNothing() throws SQLException {
    // given
    SortedMap<String, String> before = outputs.files(first.manifest());
    outputs.deleteFiles(first.manifest());

    // when
    outputs.report(first.manifest());
    List<Output> published = outputs.publish(first.manifest());

    // then
    assertThat(outputs.files(first.manifest())).isEqualTo(before);
    assertThat(published.stream().filter(o -> o.kind() == Output.Kind.WAREHOUSE_TABLE))
        .extracting(Output::outcome)
        .containsOnly(Outcome.SUPERSEDED);
    outputs.requireWarehouse(second.manifest(), second.expected());
  }

  @Test
  @Order(5)
  @Tag("thorough")
  void aReportAndAPublishThatAreKilledAreRunAgain() throws Exception {
    // given
    LakeLayout layout = new LakeLayout("");
    LocalDate date = third.manifest().businessDate();
    Report first = Report.MONTHLY_SALES;
    killOnceThereIs("report", layout.reportFolder(first.table(), date));

    // when
    List<Output> made = outputs.report(third.manifest());
    killOnceThereIs("publish", layout.snapshotFolder("companies", date));
    List<Output> published = outputs.publish(third.manifest());

    // then
    assertThat(Stream.of(made, published).flatMap(List::stream))
        .extracting(Output::outcome)
        .contains(Outcome.WRITTEN)
        .doesNotContain(Outcome.SUPERSEDED);
    outputs.requireFiles(third.manifest(), third.expected());
    outputs.requireWarehouse(third.manifest(), third.expected());
    outputs.deleteFiles(third.manifest());
    forgetLoads();
  }

  /** Starts the command as a process of its own, and kills it once its batch has a file there. */
  private void killOnceThereIs(String command, String path) {
    try (ChildJvm job =
        ChildJvm.start(
            JobMain.class,
            "1g",
            List.of(
                command,
                "--batch",
                third.manifest().batch().text(),
                "--config",
                configurationFile().toString()))) {
      Awaitility.await()
          .atMost(Duration.ofMinutes(2))
          .pollInterval(Duration.ofMillis(20))
          .until(() -> job.requireAlive() && outputs.hasFiles(path, third.manifest().plan()));
      job.kill();
    }
  }

  private static Path configurationFile() {
    return folder.resolve("changelake.json");
  }

  /** As if the third batch had never been loaded: the second's rows, and its audit. */
  private void forgetLoads() throws SQLException {
    try (Connection connection = outputs.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("DELETE FROM " + outputs.warehouse("changelake_loads"));
    }
    outputs.report(second.manifest());
    outputs.publish(second.manifest());
    outputs.requireWarehouse(second.manifest(), second.expected());
  }

  @Test
  @Order(6)
  void aLoadThatLosesItsConnectionBeforeTheCommitLeavesTheOldRowsAndIsRunAgain() throws Exception {
    // given: somebody holds the table, so that the load waits between its copy and its commit
    outputs.report(third.manifest());
    try (Connection holder = outputs.connect();
        Statement statement = holder.createStatement()) {
      holder.setAutoCommit(false);
      statement.execute("LOCK TABLE " + outputs.warehouse(changed()) + " IN SHARE MODE");
      CompletableFuture<Throwable> load =
          CompletableFuture.supplyAsync(
              () ->
                  catchThrowableOfType(
                      ChangelakeException.class, () -> outputs.publish(third.manifest())));

      // when
      Awaitility.await()
          .atMost(Duration.ofMinutes(2))
          .until(() -> load.isDone() || terminateWaiting() == 1);
      Throwable failure = load.get();
      holder.rollback();

      // then
      assertThat(failure)
          .isInstanceOfSatisfying(
              ChangelakeException.class,
              refused -> {
                assertThat(refused.category()).isEqualTo(ErrorCategory.WAREHOUSE);
                assertThat(refused.retryable()).isTrue();
              });
    }
    outputs.requireWarehouse(second.manifest(), second.expected());

    // when
    outputs.publish(third.manifest());

    // then
    outputs.requireWarehouse(third.manifest(), third.expected());
    outputs.requireFiles(third.manifest(), third.expected());
    assertThat(
            strings("SELECT tablename FROM pg_tables WHERE tablename LIKE 'changelake_staging%'"))
        .isEmpty();
  }

  @Test
  @Order(7)
  void ofTwoLoadsAtOnceOneLoads() throws SQLException {
    // given
    try (Connection connection = outputs.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("DELETE FROM " + outputs.warehouse("changelake_loads"));
      statement.execute("DELETE FROM " + outputs.warehouse("customers"));
    }

    // when
    CompletableFuture<List<Output>> other =
        CompletableFuture.supplyAsync(() -> outputs.publish(third.manifest(), "customers"));
    List<Output> ours = outputs.publish(third.manifest(), "customers");
    List<Output> theirs = other.join();

    // then
    assertThat(
            Stream.of(ours, theirs)
                .flatMap(List::stream)
                .filter(o -> o.kind() == Output.Kind.WAREHOUSE_TABLE))
        .extracting(Output::outcome)
        .containsExactlyInAnyOrder(Outcome.WRITTEN, Outcome.UNCHANGED);
    outputs.requireWarehouse(third.manifest(), third.expected());
    assertThat(audits("customers")).containsExactly("3");
  }

  @Test
  @Order(8)
  void aWarehouseTableThatIsNotAsItsContractSaysIsLeftAlone() throws SQLException {
    // given
    try (Connection connection = outputs.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("DELETE FROM " + outputs.warehouse("changelake_loads"));
      statement.execute(
          "ALTER TABLE " + outputs.warehouse("products") + " ALTER prod_name TYPE char(300)");
    }

    // when
    ChangelakeException refused =
        catchThrowableOfType(
            ChangelakeException.class, () -> outputs.publish(third.manifest(), "products"));

    // then
    assertThat(refused.category()).isEqualTo(ErrorCategory.WAREHOUSE);
    assertThat(refused.retryable()).isFalse();
    assertThat(refused.why()).contains("prod_name is character(300)");
    assertThat(audits("products")).isEmpty();
  }

  @Test
  @Order(9)
  void aFifthReportComesWithItsFile() {
    // when
    String csv =
        new String(
            outputs.csv(third.manifest(), "orders_by_company"),
            java.nio.charset.StandardCharsets.UTF_8);

    // then
    assertThat(csv.lines().findFirst()).contains("company_id,company_name,orders");
    long orders =
        csv.lines()
            .skip(1)
            .mapToLong(l -> Long.parseLong(l.substring(l.lastIndexOf(',') + 1)))
            .sum();
    assertThat(orders).isEqualTo(third.expected().rows("orders").size());
  }

  @Test
  @Order(10)
  void aWarehouseTableThatWasDroppedIsLoadedAgain() throws SQLException {
    // given
    execute("DROP TABLE " + outputs.warehouse("products"));
    outputs.publish(third.manifest());
    execute("DROP TABLE " + outputs.warehouse("companies"));
    execute("DROP TABLE " + outputs.warehouse("monthly_sales"));

    // when
    List<Output> published = outputs.publish(third.manifest(), "companies", "monthly_sales");

    // then
    assertThat(published.stream().filter(o -> o.kind() == Output.Kind.WAREHOUSE_TABLE))
        .extracting(Output::outcome)
        .containsOnly(Outcome.WRITTEN);
    outputs.requireWarehouse(third.manifest(), third.expected());
  }

  @Test
  @Order(11)
  void ofTwoBatchesOfOneDateTheLaterOneStandsWhoeverComesLast() throws SQLException {
    // given
    SortedMap<String, String> before = outputs.files(third.manifest());

    // when
    List<Output> again =
        Stream.concat(
                outputs.report(second.manifest()).stream(),
                outputs.publish(second.manifest()).stream())
            .toList();

    // then
    assertThat(again)
        .filteredOn(output -> !output.name().equals("index"))
        .extracting(Output::outcome)
        .containsOnly(Outcome.SUPERSEDED);
    assertThat(outputs.files(third.manifest())).isEqualTo(before);
    outputs.requireFiles(third.manifest(), third.expected());
    outputs.requireWarehouse(third.manifest(), third.expected());
  }

  @Test
  @Order(12)
  void aTableThatAnotherLakeLoadedIsLeftToIt() throws SQLException {
    // given
    execute("UPDATE %s SET lake_id = 'other'".formatted(outputs.warehouse("changelake_loads")));

    // when
    ChangelakeException refused =
        catchThrowableOfType(
            ChangelakeException.class, () -> outputs.publish(third.manifest(), "customers"));

    // then
    assertThat(refused.category()).isEqualTo(ErrorCategory.WAREHOUSE);
    assertThat(refused.retryable()).isFalse();
    assertThat(refused.problem()).contains("customers was loaded from another lake");
    outputs.requireWarehouse(third.manifest(), third.expected());
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = outputs.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Ends the sessions of Changelake that wait for a lock; tells how many. */
  private int terminateWaiting() throws SQLException {
    return strings(
            "SELECT pg_terminate_backend(pid)::text FROM pg_stat_activity"
                + " WHERE application_name = 'changelake' AND wait_event_type = 'Lock'"
                + " AND query LIKE 'DELETE FROM%'")
        .size();
  }

  private List<String> audits(String table) throws SQLException {
    return strings(
        "SELECT n::text FROM %s WHERE table_name = '%s' ORDER BY n"
            .formatted(outputs.warehouse("changelake_loads"), table));
  }

  private List<String> strings(String sql) throws SQLException {
    try (Connection connection = outputs.connect();
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      Stream.Builder<String> rows = Stream.builder();
      while (found.next()) {
        rows.add(found.getString(1));
      }
      return rows.build().toList();
    }
  }
}
