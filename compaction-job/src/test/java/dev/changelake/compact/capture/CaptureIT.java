package dev.changelake.compact.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.changelake.compact.align.KafkaTransactions;
import dev.changelake.compact.batch.Manifest;
import dev.changelake.compact.history.LakeUnderTest;
import dev.changelake.compact.plan.BatchId;
import dev.changelake.compact.plan.KafkaTopicOffsets;
import dev.changelake.compact.plan.Plan;
import dev.changelake.compact.plan.Planner;
import dev.changelake.compact.plan.TopicPlan;
import dev.changelake.compact.source.JobUnderTest;
import dev.changelake.compact.stack.Producers;
import dev.changelake.compact.stack.TestStack;
import dev.changelake.config.Configuration;
import dev.changelake.config.ConfigurationFile;
import dev.changelake.contract.TableContracts;
import dev.changelake.oracle.JdbcTable;
import dev.changelake.oracle.LogRecord;
import dev.changelake.oracle.OffsetSpan;
import dev.changelake.oracle.Oracle;
import dev.changelake.oracle.SourceTable;
import dev.changelake.oracle.TableComparison;
import dev.changelake.oracle.TopicReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Captures a PostgreSQL on which transactions go on, is killed again and again, and holds what the
 * topics say, folded in plain Java, against the database's own tables.
 */
final class CaptureIT {
  private static final List<SourceTable> TABLES =
      List.of(
          SourceTable.COMPANIES, SourceTable.CUSTOMERS, SourceTable.PRODUCTS, SourceTable.ORDERS);
  private static final List<String> TOPICS =
      Arrays.stream(SourceTable.values()).map(SourceTable::topic).toList();
  private static final int KILLS = Integer.getInteger("capture.kills", 2);
  private static final String SLOT = "changelake_b2b";

  private final long seed = Long.getLong("capture.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final TestStack stack = TestStack.get();
  private final TopicReader topics = new TopicReader(stack.bootstrapServers());

  @TempDir private Path directory;
  private Connection connection;

  @BeforeEach
  void begin() throws Exception {
    System.out.println("CaptureIT: -Dcapture.seed=" + seed);
    connection = connect();
    emptyDatabase();
    stack.freshLake(Map.of());
    Map<String, String> entries = new HashMap<>(stack.entries(stack.freshBucket(Map.of())));
    // Many batches, so that a kill finds the capture in the middle of each phase.
    entries.put("debezium.max.batch.size", "64");
    entries.put("debezium.max.queue.size", "128");
    entries.put("debezium.provide.transaction.metadata", "true");
    new ObjectMapper().writeValue(config().toFile(), entries);
    run(
        Producers.PRODUCE,
        0,
        "init",
        "--date",
        "2026-01-01",
        "--rows",
        "300",
        "--into",
        "database");
  }

  @AfterEach
  void end() throws SQLException {
    emptyDatabase();
    connection.close();
  }

  @Test
  void topics_say_what_the_database_holds_however_often_the_capture_is_killed() throws Exception {
    // given
    Connection platform = connect();
    Workload workload = new Workload(platform, seed);

    // when
    for (int kill = 0; kill < KILLS; kill++) {
      // The first is killed within the snapshot or soon after it.
      long enough = records() + 1 + random.nextInt(kill == 0 ? 1400 : 300);
      Process capture = Producers.start(Producers.CAPTURE, log(), "--config", config().toString());
      workload.run(200);
      Awaitility.await()
          .atMost(Duration.ofMinutes(1))
          .pollInterval(Duration.ofMillis(20))
          .until(() -> records() >= enough || !capture.isAlive());
      assertThat(capture.isAlive()).as(Files.readString(log())).isTrue();
      capture.destroyForcibly().waitFor();
      workload.run(50);
    }
    // The log that nobody has read yet has rows from before the table was written anew.
    for (String type : List.of("integer", "bigint")) {
      workload.run(50);
      workload.alter("products", "supplier_id", type);
      workload.run(50);
      run(Producers.CAPTURE, 0, "--until-current");
    }

    // then
    requireSame("after kills");
    requireWholeTransactions();

    // when
    dropSlot();
    workload.run(200);
    run(Producers.CAPTURE, 10, "--until-current");

    // then
    assertThat(Files.readString(log()))
        .contains("The database no longer keeps the log that follows what was captured.")
        .contains("capture --snapshot-again");

    // when
    run(Producers.CAPTURE, 0, "--until-current", "--snapshot-again");

    // then
    requireSame("after a gap in the log");
    platform.close();

    // when
    JobUnderTest job = new JobUnderTest(stack, ConfigurationFile.read(config()));
    Manifest manifest = job.compact("2026-01-02").manifest().orElseThrow();

    // then
    LakeUnderTest lake = new LakeUnderTest("capture", ConfigurationFile.read(config()));
    for (SourceTable table : TABLES) {
      TableComparison.assertSame(
          "%s in the lake (-Dcapture.seed=%d)".formatted(table.table(), seed),
          inDatabase(table),
          LakeUnderTest.data(lake.rows(manifest, table)));
    }
  }

  /** What the database says that a table is, in its own words where several feed it. */
  private SortedMap<String, SortedMap<String, Object>> inDatabase(SourceTable table)
      throws SQLException {
    String name = "public." + table.table();
    if (table == SourceTable.ORDERS) {
      name = "public.all_orders";
      try (Statement statement = connection.createStatement()) {
        statement.execute(
            """
            CREATE OR REPLACE VIEW public.all_orders AS
            SELECT order_id, prod_id, customer_id, prod_quote_price, is_lead_sale, crm_lead_id,
              company_id, created_date
            FROM public.orders
            UNION ALL
            SELECT order_id, prod_id, customer_id, prod_quote_price, true, crm_lead_id, company_id,
              created_date
            FROM public.leads
            WHERE is_lead_sale AND order_id IS NOT NULL
            UNION ALL
            SELECT order_id, prod_id, customer_id, prod_quote_price, false, NULL, company_id,
              created_date
            FROM public.company_orders""");
      }
    }
    return new JdbcTable(connection).rows(name, table.key());
  }

  /** Whatever was said twice, or counted anew: a batch that ends between transactions has all. */
  private void requireWholeTransactions() {
    Configuration configuration = ConfigurationFile.read(config());
    Plan plan =
        new Planner(
                TableContracts.load(Optional.empty()),
                new KafkaTopicOffsets(configuration.kafkaClient()),
                Optional.of(
                    new KafkaTransactions(
                        configuration.kafkaClient(),
                        configuration::transactionTopic,
                        Clock.offset(Clock.systemUTC(), Duration.ofHours(1)))),
                Clock.systemUTC(),
                "driver")
            .next(
                Optional.empty(),
                new BatchId("2026-01-02"),
                LocalDate.of(2026, 1, 2),
                Optional.empty());
    assertThat(plan.alignment().orElseThrow().waitsFor()).as("-Dcapture.seed=%d", seed).isEmpty();
    assertThat(plan.topics().stream().mapToLong(TopicPlan::offsets).sum()).isEqualTo(records());
  }

  private void requireSame(String when) throws SQLException {
    Oracle oracle = new Oracle();
    List<LogRecord> records = topics.readAll(TOPICS);
    oracle.apply(1, records);
    for (SourceTable table : TABLES) {
      TableComparison.assertSame(
          "%s %s (-Dcapture.seed=%d)".formatted(table.table(), when, seed),
          inDatabase(table),
          LakeUnderTest.data(oracle.rows(table.table())));
      assertThat(oracle.state().quarantined(table.table())).as(table.table()).isEmpty();
    }
  }

  private long records() {
    return topics.spans(TOPICS).stream().mapToLong(OffsetSpan::end).sum();
  }

  private void run(String mainClass, int expectedCode, String... arguments)
      throws IOException, InterruptedException {
    String[] all = Arrays.copyOf(arguments, arguments.length + 2);
    all[arguments.length] = "--config";
    all[arguments.length + 1] = config().toString();
    Process process = Producers.start(mainClass, log(), all);
    assertThat(process.waitFor(3, TimeUnit.MINUTES)).as("it ended").isTrue();
    assertThat(process.exitValue()).as(Files.readString(log())).isEqualTo(expectedCode);
  }

  private void dropSlot() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = '%s'"
              .formatted(SLOT));
    }
  }

  private void emptyDatabase() throws SQLException {
    dropSlot();
    try (Statement statement = connection.createStatement()) {
      statement.execute("DROP PUBLICATION IF EXISTS " + SLOT);
      statement.execute("DROP SCHEMA IF EXISTS mock CASCADE");
      for (SourceTable table : SourceTable.values()) {
        statement.execute("DROP TABLE IF EXISTS public.%s CASCADE".formatted(table.table()));
      }
    }
  }

  private Connection connect() throws SQLException {
    Map<String, String> settings = stack.configuration(Map.of()).warehouseJdbc();
    Properties properties = new Properties();
    properties.putAll(settings);
    return DriverManager.getConnection(
        stack.configuration(Map.of()).warehouseUrl().orElseThrow(), properties);
  }

  private Path config() {
    return directory.resolve("stack.json");
  }

  private Path log() {
    return directory.resolve("processes.log");
  }
}
