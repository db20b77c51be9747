package dev.changelake.airflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.changelake.airflow.AirflowApi.Run;
import dev.changelake.airflow.AirflowApi.Task;
import dev.changelake.compact.batch.Batches;
import dev.changelake.compact.batch.Manifest;
import dev.changelake.compact.history.LakeUnderTest;
import dev.changelake.compact.history.LakeUnderTest.Checked;
import dev.changelake.compact.history.OutputsUnderTest;
import dev.changelake.compact.plan.BatchId;
import dev.changelake.compact.stack.TestStack;
import dev.changelake.config.Configuration;
import dev.changelake.config.ConfigurationFile;
import dev.changelake.oracle.OffsetSpan;
import dev.changelake.oracle.SourceTable;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
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

/**
 * The DAGs as data engineers run them, in a real Airflow on the local stack: the initial load by
 * hand, then days of both daily DAGs by the scheduler, at the same time.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class DagRunsIT {
  private static final int DAYS = Integer.getInteger("airflow.days", 3);
  private static final String INITIAL = "initial_data_db_load";
  private static final String DAILY = "daily_etl";
  private static final String COMPANIES = "daily_incremental_load_companies";
  private static final String INITIAL_BATCH = "2020-06-21";
  private static final String INITIAL_RESULTS = "data/_changelake/results/" + INITIAL_BATCH;
  private static final LocalDate FIRST_DAY = LocalDate.of(2020, 6, 22);
  private static final Duration LIMIT = Duration.ofMinutes(15L * DAYS);
  private static final List<String> TOPICS =
      Stream.of(SourceTable.values()).map(SourceTable::topic).toList();
  private static final Pattern ADDRESS = Pattern.compile("Airflow is up: (\\S+)");

  private final Launcher launcher =
      new Launcher().with("AIRFLOW__CHANGELAKE__RETRY_DELAY_SECONDS", "2");
  private TestStack stack;
  private AirflowApi airflow;
  private LakeUnderTest lake;
  private OutputsUnderTest outputs;
  private final Map<String, Checked> batches = new LinkedHashMap<>();

  @BeforeAll
  void startsAirflow() throws IOException {
    launcher.requireAirflow();
    stack = TestStack.get();
    String up =
        launcher
            .changelake(
                "airflow",
                "up",
                "--dir",
                stack.directory().toString(),
                "--last-day",
                FIRST_DAY.plusDays(DAYS - 1L).toString())
            .requireSuccess()
            .output();
    Matcher address = ADDRESS.matcher(up);
    assertThat(address.find()).as(up).isTrue();
    airflow = new AirflowApi(address.group(1), stack.directory().resolve("airflow"));
    Configuration configuration = ConfigurationFile.read(stack.directory().resolve("stack.json"));
    lake = new LakeUnderTest("DagRunsIT", configuration);
    outputs = new OutputsUnderTest(configuration, lake.lake());
  }

  @AfterAll
  void stopsAirflow() {
    if (stack != null) {
      launcher
          .changelake("airflow", "down", "--dir", stack.directory().toString())
          .requireSuccess();
    }
  }

  @Test
  @Order(1)
  void theInitialLoadGoesOnWhereItWasKilledAndIsWhatTheOracleSays() throws SQLException {
    // when
    airflow.unpause(INITIAL);
    Run run = airflow.trigger(INITIAL, Map.of("rows", 500));
    killOnce(INITIAL, INITIAL_BATCH);
    awaitSuccess(INITIAL, 1);

    // then
    assertThat(airflow.task(run, "compact").tries()).isEqualTo(2);
    assertThat(airflow.tasks(run)).filteredOn(task -> task.tries() == 1).hasSize(5);
    Checked initial = check(new BatchId(INITIAL_BATCH));
    for (SourceTable table : OutputsUnderTest.BASE_TABLES) {
      outputs.requireSnapshot(initial.manifest(), initial.expected(), table);
      outputs.requireLoaded(initial.manifest(), initial.expected(), table);
      assertThat(airflow.events("changelake." + table.table()))
          .singleElement()
          .satisfies(
              extra -> {
                assertThat(extra.get("batch").asText()).isEqualTo(INITIAL_BATCH);
                assertThat(extra.get("version").asLong())
                    .isEqualTo(initial.manifest().tableVersion(table.table()).orElseThrow());
              });
    }
  }

  @Test
  @Order(2)
  @Tag("thorough")
  void aSecondInitialLoadChangesNothing() {
    // given
    Manifest initial = batches.get(INITIAL_BATCH).manifest();
    SortedMap<String, String> files = outputs.files(initial);
    Map<String, Long> versions = lake.latestVersions(initial);
    List<OffsetSpan> topics = lake.topics().spans(TOPICS);
    int results = lake.lake().files().list(INITIAL_RESULTS).size();

    // when: as people try a DAG, without a scheduler
    cli("dags", "test", INITIAL, "--conf", "{\"rows\": 500}");

    // then
    assertThat(lake.lake().files().list(INITIAL_RESULTS))
        .as("compact, verify and publish were run")
        .hasSize(results + 3);
    assertThat(lake.topics().spans(TOPICS)).isEqualTo(topics);
    assertThat(lake.latestVersions(initial)).isEqualTo(versions);
    assertThat(outputs.files(initial)).isEqualTo(files);
  }

  @Test
  @Order(3)
  @Tag("thorough")
  void theSchedulerRunsBothDagsOfADayAtTheSameTime() {
    // when
    airflow.unpause(DAILY);
    airflow.unpause(COMPANIES);
    killOnce(DAILY, FIRST_DAY.toString());
    Stream.of(DAILY, COMPANIES).forEach(dag -> awaitSuccess(dag, DAYS));

    // then
    Run first = airflow.runs(DAILY).get(0);
    assertThat(airflow.task(first, "compact").tries()).isEqualTo(2);
    requireOneAtATime(2 * DAYS);
  }

  /** No plan freezes half of a feed: producing and compacting of both DAGs never meet. */
  private void requireOneAtATime(int runs) {
    List<Task> chain =
        Stream.of(DAILY, COMPANIES)
            .flatMap(dag -> airflow.runs(dag).stream())
            .flatMap(run -> airflow.tasks(run).stream())
            .filter(task -> List.of("feed", "compact").contains(task.id()))
            .toList();
    assertThat(chain).hasSize(2 * runs);
    for (Task task : chain) {
      assertThat(chain).filteredOn(other -> other != task && task.meets(other)).isEmpty();
    }
  }

  @Test
  @Order(4)
  @Tag("thorough")
  void tablesReportsAndWarehouseAreWhatTheOracleSays() throws SQLException {
    // when
    List<Batches.Entry> chain = lake.lake().batches().all();

    // then
    assertThat(chain).hasSize(1 + 2 * DAYS);
    chain.forEach(entry -> check(entry.batch()));
    for (LocalDate day : days()) {
      Checked daily = batches.get(day.toString());
      Checked companies = later(daily, batches.get(day + ".companies"));
      outputs.requireReports(daily.manifest(), daily.expected());
      for (SourceTable table : OutputsUnderTest.BASE_TABLES) {
        Checked published = table == SourceTable.COMPANIES ? companies : daily;
        outputs.requireSnapshot(published.manifest(), published.expected(), table);
      }
    }
    LocalDate lastDay = FIRST_DAY.plusDays(DAYS - 1L);
    Checked daily = batches.get(lastDay.toString());
    outputs.requireLoadedReports(daily.manifest(), daily.expected());
    outputs.requireLoaded(daily.manifest(), daily.expected(), SourceTable.ORDERS);
    Checked companies = later(daily, batches.get(lastDay + ".companies"));
    outputs.requireLoaded(companies.manifest(), companies.expected(), SourceTable.COMPANIES);
  }

  @Test
  @Order(5)
  @Tag("thorough")
  void verifiedTablesAndPublishedReportsAreAnnouncedWithBatchAndVersion() {
    // given
    Manifest last = batches.get(FIRST_DAY.plusDays(DAYS - 1L).toString()).manifest();

    // when
    List<JsonNode> orders = airflow.events("changelake.orders");
    List<JsonNode> reports = airflow.events("changelake.report.total_leads");

    // then
    assertThat(orders)
        .anySatisfy(
            extra -> {
              assertThat(extra.get("batch").asText()).isEqualTo(last.batch().text());
              assertThat(extra.get("version").asLong())
                  .isEqualTo(last.tableVersion("orders").orElseThrow());
            });
    assertThat(reports).hasSize(DAYS);
    assertThat(reports.get(DAYS - 1).get("batch").asText()).isEqualTo(last.batch().text());
  }

  @Test
  @Order(6)
  @Tag("thorough")
  void aPastDaysReportThatIsRunAgainIsTheSame() {
    // given
    Manifest first = batches.get(FIRST_DAY.toString()).manifest();
    SortedMap<String, String> before = outputs.files(first);
    before.keySet().stream()
        .filter(path -> path.contains("/report="))
        .forEach(lake.lake().outputs()::delete);
    Run run = airflow.runs(DAILY).get(0);

    // when
    airflow.clear(run, "report");
    awaitSuccess(DAILY, DAYS);

    // then
    assertThat(airflow.task(run, "report").tries()).isEqualTo(2);
    assertThat(outputs.files(first)).isEqualTo(before);
  }

  @Test
  @Order(7)
  @Tag("thorough")
  void aPastDayThatIsClearedAsAWholeChangesNoCell() {
    // given
    Manifest first = batches.get(FIRST_DAY.toString()).manifest();
    SortedMap<String, String> files = outputs.files(first);
    Run run = airflow.runs(DAILY).get(0);

    // when
    airflow.clear(run, "business_date");
    awaitSuccess(DAILY, DAYS);

    // then
    assertThat(airflow.task(run, "feed").tries()).isEqualTo(2);
    assertThat(outputs.files(first)).isEqualTo(files);
    batches.values().forEach(lake::requireSameRows);
    assertThat(lake.lake().batches().all()).hasSize(1 + 2 * DAYS);
  }

  @Test
  @Order(8)
  @Tag("thorough")
  void aBackfillOfTwoDaysGoesDayByDay() {
    // given
    List<LocalDate> more = List.of(FIRST_DAY.plusDays(DAYS), FIRST_DAY.plusDays(DAYS + 1L));

    // when
    for (String dag : List.of(DAILY, COMPANIES)) {
      cli(
          "backfill",
          "create",
          "--dag-id",
          dag,
          "--from-date",
          more.get(0).toString(),
          "--to-date",
          more.get(1).toString());
    }
    Stream.of(DAILY, COMPANIES).forEach(dag -> awaitSuccess(dag, DAYS + 2));

    // then
    List<String> chain =
        lake.lake().batches().all().stream().map(entry -> entry.batch().text()).toList();
    List<String> dates = chain.stream().map(batch -> batch.substring(0, 10)).toList();
    assertThat(chain).hasSize(1 + 2 * DAYS + 4);
    assertThat(dates).isSorted();
    chain.stream().skip(1 + 2L * DAYS).forEach(batch -> check(new BatchId(batch)));
    requireOneAtATime(2 * (DAYS + 2));
  }

  private Checked check(BatchId batch) {
    Manifest manifest = lake.lake().batches().find(batch).orElseThrow();
    Optional<Manifest> before = lake.lake().batches().find(manifest.plan().n() - 1);
    return batches.computeIfAbsent(batch.text(), name -> lake.check(manifest, before));
  }

  /** Runs Airflow's own command line, as people do on this stack. */
  private void cli(String... arguments) {
    List<String> command =
        new ArrayList<>(List.of("airflow", "cli", "--dir", stack.directory().toString()));
    command.addAll(List.of(arguments));
    launcher.changelake(command.toArray(String[]::new)).requireSuccess();
  }

  /** For one path or warehouse table the highest n wins. */
  private static Checked later(Checked a, Checked b) {
    return a.manifest().plan().n() > b.manifest().plan().n() ? a : b;
  }

  private static List<LocalDate> days() {
    return IntStream.range(0, DAYS).mapToObj(FIRST_DAY::plusDays).toList();
  }

  /** Ends a DAG's compact by force, as an out-of-memory killer does, once its plan is frozen. */
  private void killOnce(String dag, String batch) {
    String run = "--run=%s.compact.".formatted(dag);
    List<ProcessHandle> found = new ArrayList<>();
    Awaitility.await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(100))
        .until(
            () -> {
              found.addAll(Launcher.processesWith(run));
              return !found.isEmpty() && hasPlan(batch);
            });
    found.forEach(ProcessHandle::destroyForcibly);
  }

  private boolean hasPlan(String batch) {
    return lake.lake().plans().last().filter(plan -> plan.batch().text().equals(batch)).isPresent();
  }

  private void awaitSuccess(String dag, int runs) {
    Awaitility.await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofSeconds(1))
        .until(
            () -> {
              List<String> states = airflow.runs(dag).stream().map(Run::state).toList();
              assertThat(states).as(dag).doesNotContain("failed");
              return Collections.frequency(states, "success") == runs;
            });
  }
}
