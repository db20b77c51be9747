package dev.changelake.compact.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.changelake.compact.changelog.LakeLayout;
import dev.changelake.compact.cli.JobMain;
import dev.changelake.compact.crash.ChildJvm;
import dev.changelake.compact.redshift.RedshiftStandIn;
import dev.changelake.compact.result.Finding.Verdict;
import dev.changelake.compact.result.Load;
import dev.changelake.compact.result.Output;
import dev.changelake.compact.result.Output.Outcome;
import dev.changelake.compact.result.RunResult;
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
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Reports, snapshots and the warehouse over three batches of a random history, in the order in
 * which a week goes wrong, and one with nothing new. The second and the third are of one date, and
 * so publish to the same folders. Everything is compared with what the oracle says, cell by cell.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class PublishIT {
  private static final long SEED = Long.getLong("history.seed", System.nanoTime() % 1_000_000);
  private static final int LEAST_RECORDS = 300;
  private static final String ROLE = "arn:aws:iam::123456789012:role/lake";

  private static final String PLANS = "data/_changelake/plans";
  private static final int ANY_NUMBER = 4711;

  @TempDir private static Path folder;

  private LakeUnderTest lake;
  private RedshiftStandIn standIn;
  private OutputsUnderTest outputs;
  private OutputsUnderTest redshift;
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
    Configuration configuration = write(entries, "postgres");
    lake = new LakeUnderTest("-Dhistory.seed=" + SEED, configuration);
    outputs = new OutputsUnderTest(configuration, lake.lake());
    standIn = RedshiftStandIn.start(stack, ROLE);
    entries.put("warehouse.url", standIn.url());
    entries.put("warehouse.schema", "redshift_" + configuration.warehouseSchema());
    entries.put("warehouse.redshift.iam-role", ROLE);
    standIn.jdbc().forEach((key, value) -> entries.put("warehouse.jdbc." + key, value));
    redshift = new OutputsUnderTest(write(entries, "redshift"), lake.lake());
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

  private static Configuration write(Map<String, String> entries, String warehouse)
      throws IOException {
    new ObjectMapper().writeValue(configurationFile(warehouse).toFile(), entries);
    return ConfigurationFile.read(configurationFile(warehouse));
  }

  @AfterAll
  void stopsTheStandIn() {
    standIn.close();
  }

  private static void publish(HistoryPublisher publisher, RandomHistory history) {
    List<OutRecord> records = new ArrayList<>();
    while (records.size() < LEAST_RECORDS) {
      records.addAll(history.nextBatch());
    }
    publisher.publish(records);
  }

  /** A base table that the third batch changed: no batch of so many records changes none. */
  private SourceTable changed() {
    return OutputsUnderTest.BASE_TABLES.stream()
        .filter(
            table ->
                !third
                    .manifest()
                    .tableVersion(table.table())
                    .equals(second.manifest().tableVersion(table.table())))
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

      // when
      List<Output> loaded = redshift.publish(batch.manifest());

      // then
      assertThat(kinds(loaded)).isEqualTo(kinds(published));
      redshift.requireWarehouse(batch.manifest(), batch.expected());
    }
  }

  /** How each table was loaded. */
  private static Map<String, Optional<Load>> kinds(List<Output> published) {
    return published.stream()
        .filter(output -> output.kind() == Output.Kind.WAREHOUSE_TABLE)
        .collect(Collectors.toMap(Output::name, Output::load));
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
    assertThat(audits(outputs, "companies")).containsExactly("1", "2");
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
    killOnce(command, "postgres", () -> outputs.hasFiles(path, third.manifest().plan()));
  }

  private void killOnce(String command, String warehouse, Callable<Boolean> isThere) {
    try (ChildJvm job =
        ChildJvm.start(
            JobMain.class,
            "1g",
            List.of(
                command,
                "--batch",
                third.manifest().batch().text(),
                "--config",
                configurationFile(warehouse).toString()))) {
      Awaitility.await()
          .atMost(Duration.ofMinutes(2))
          .pollInterval(Duration.ofMillis(20))
          .until(() -> job.requireAlive() && isThere.call());
      job.kill();
    }
  }

  private static Path configurationFile(String warehouse) {
    return folder.resolve(warehouse + ".json");
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

  @ParameterizedTest
  @Order(6)
  @Tag("thorough")
  @ValueSource(strings = {"postgres", "redshift"})
  void aLoadThatIsKilledJustBeforeItsCommitHasChangedNothing(String name) throws SQLException {
    // given: a database in which the load's last statement before COMMIT, its audit row, must wait
    outputs.report(third.manifest());
    OutputsUnderTest warehouse = name.equals("postgres") ? outputs : redshift;
    String audit = warehouse.warehouse("changelake_loads");
    try (Connection holder = outputs.connect();
        Statement statement = holder.createStatement()) {
      statement.execute(
          """
          CREATE FUNCTION %1$s_waits() RETURNS trigger LANGUAGE plpgsql AS $$
          BEGIN
            PERFORM pg_advisory_xact_lock(%3$d) WHERE NEW.table_name = '%2$s';
            RETURN NEW;
          END $$;
          CREATE TRIGGER waits BEFORE INSERT ON %1$s
          FOR EACH ROW EXECUTE FUNCTION %1$s_waits();
          """
              .formatted(audit, changed().table(), ANY_NUMBER));
      statement.execute("SELECT pg_advisory_lock(%d)".formatted(ANY_NUMBER));

      // when
      killOnce("publish", name, this::aLoadWaits);
      statement.execute("SELECT pg_advisory_unlock(%d)".formatted(ANY_NUMBER));
      Awaitility.await().until(() -> !aLoadWaits());
      statement.execute("DROP FUNCTION %s_waits CASCADE".formatted(audit));
    }

    // then
    warehouse.requireLoaded(second.manifest(), second.expected(), changed());
    assertThat(audits(warehouse, changed().table())).endsWith("2");
  }

  private boolean aLoadWaits() throws SQLException {
    return strings(
            "SELECT 'waits' FROM pg_locks WHERE NOT granted AND locktype = 'advisory' AND objid = %d"
                .formatted(ANY_NUMBER))
        .contains("waits");
  }

  @Test
  @Order(7)
  void aBatchBringsItsChangesAlone() throws SQLException {
    // given
    outputs.report(third.manifest());

    for (OutputsUnderTest warehouse : List.of(outputs, redshift)) {
      // when
      List<Output> published = warehouse.publish(third.manifest());

      // then
      assertThat(published)
          .filteredOn(output -> output.name().equals(changed().table()))
          .flatExtracting(output -> output.load().stream().map(Load::kind).toList())
          .containsExactly(Load.Kind.INCREMENTAL);
      assertThat(warehouse.parity(third.manifest()))
          .hasSize(9)
          .allSatisfy(finding -> assertThat(finding.verdict()).isEqualTo(Verdict.HOLDS));
      warehouse.requireWarehouse(third.manifest(), third.expected());
    }
    outputs.requireFiles(third.manifest(), third.expected());
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
  void aFinishedBatchIsNotDoneAgainAndADateNeverGoesBack() {
    // given
    Map<String, Long> versions = lake.latestVersions(third.manifest());
    List<String> plans = lake.lake().files().list(PLANS);

    // when
    RunResult again = lake.compact(third.manifest().batch().text());
    ChangelakeException late =
        catchThrowableOfType(ChangelakeException.class, () -> lake.compact("2026-01-01.late"));

    // then
    assertThat(again.status()).isEqualTo(RunResult.Status.ALREADY_FINISHED);
    assertThat(again.manifest()).contains(third.manifest());
    assertThat(again.finished()).isEmpty();
    assertThat(late.category()).isEqualTo(ErrorCategory.USAGE);
    assertThat(late).hasMessageContaining("are in batch 2026-01-01");
    assertThat(lake.latestVersions(third.manifest())).isEqualTo(versions);
    assertThat(lake.lake().files().list(PLANS)).isEqualTo(plans);
  }

  @Test
  @Order(13)
  void aBatchWithNothingNewRepeatsAllVersionsAndLoadsNoTable() throws SQLException {
    // given
    Map<String, Long> versions = lake.latestVersions(third.manifest());

    // when
    LakeUnderTest.Checked fourth = lake.finishAndCheck("2026-01-03");
    outputs.report(fourth.manifest());
    List<Output> published = outputs.publish(fourth.manifest());

    // then
    assertThat(fourth.manifest().tables()).isEqualTo(third.manifest().tables());
    assertThat(fourth.manifest().changes()).isEqualTo(third.manifest().changes());
    assertThat(fourth.manifest().absent()).isEqualTo(third.manifest().absent());
    assertThat(fourth.manifest().tableLedgers())
        .allSatisfy(ledger -> assertThat(ledger.landed()).isZero());
    assertThat(lake.latestVersions(third.manifest())).isEqualTo(versions);
    for (SourceTable table : OutputsUnderTest.BASE_TABLES) {
      assertThat(published)
          .filteredOn(output -> output.kind() == Output.Kind.WAREHOUSE_TABLE)
          .filteredOn(output -> output.name().equals(table.table()))
          .extracting(Output::outcome)
          .containsExactly(Outcome.UNCHANGED);
    }
    assertThat(audits(outputs, changed().table())).endsWith("4");
    outputs.requireWarehouse(fourth.manifest(), fourth.expected());
  }

  private List<String> audits(OutputsUnderTest warehouse, String table) throws SQLException {
    return strings(
        "SELECT n::text FROM %s WHERE table_name = '%s' ORDER BY n"
            .formatted(warehouse.warehouse("changelake_loads"), table));
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
