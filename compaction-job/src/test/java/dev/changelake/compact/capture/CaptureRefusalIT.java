package dev.changelake.compact.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.changelake.compact.source.JobUnderTest;
import dev.changelake.compact.stack.Producers;
import dev.changelake.compact.stack.TestStack;
import dev.changelake.config.ConfigurationFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a capture finds out of a real database before it publishes anything. */
final class CaptureRefusalIT {
  private final TestStack stack = TestStack.get();

  @TempDir private Path directory;
  private Connection connection;

  @BeforeEach
  void begin() throws Exception {
    Properties properties = new Properties();
    properties.putAll(stack.configuration(Map.of()).warehouseJdbc());
    connection =
        DriverManager.getConnection(
            stack.configuration(Map.of()).warehouseUrl().orElseThrow(), properties);
    emptyDatabase();
    stack.freshLake(Map.of());
    Map<String, String> entries = new HashMap<>(stack.entries(stack.freshBucket(Map.of())));
    entries.put("contracts.directory", directory.resolve("contracts").toString());
    entries.put("debezium.topic.prefix", "shop");
    new ObjectMapper().writeValue(config().toFile(), entries);
    Files.createDirectory(directory.resolve("contracts"));
    execute("CREATE SCHEMA shop");
  }

  @AfterEach
  void end() throws SQLException {
    emptyDatabase();
    connection.close();
  }

  @Test
  void tablesWhoseUpdatesPostgresWouldRefuseAreNotPublished() throws Exception {
    // given
    for (String table : List.of("a", "b", "c", "d", "e")) {
      contract(table);
    }
    execute(
        "CREATE TABLE shop.a (id bigint PRIMARY KEY, text text, n int GENERATED ALWAYS AS (1) STORED)",
        "ALTER TABLE shop.a REPLICA IDENTITY FULL",
        "CREATE TABLE shop.b (id bigint PRIMARY KEY DEFERRABLE, text text)",
        "CREATE TABLE shop.c (raw bigint, text text,"
            + " id bigint GENERATED ALWAYS AS (raw * 2) STORED PRIMARY KEY)",
        "CREATE TABLE shop.d (id bigint PRIMARY KEY, text text)",
        "CREATE TABLE shop.d_child () INHERITS (shop.d)",
        "CREATE TABLE shop.e (id bigint PRIMARY KEY, text text)",
        "INSERT INTO shop.a VALUES (1)",
        "INSERT INTO shop.b VALUES (1)",
        "INSERT INTO shop.c (raw) VALUES (1)");

    // when
    String refused = capture(11);

    // then
    assertThat(refused)
        .contains("shop.a has REPLICA IDENTITY FULL and a generated column")
        .contains("shop.b has a primary key that is DEFERRABLE")
        .contains("shop.c has a generated column in its primary key")
        .contains("shop.d has children that inherit from it")
        .doesNotContain("shop.e");
    assertThat(lines("SELECT pubname FROM pg_publication WHERE pubname = 'changelake_shop'"))
        .isEmpty();
    execute("UPDATE shop.a SET text = 'x'", "DELETE FROM shop.b", "UPDATE shop.c SET text = 'x'");
  }

  @Test
  void namesThatMeanOtherTablesByNowStopTheCapture() throws Exception {
    // given
    for (String table : List.of("a", "b", "c", "d")) {
      contract(table);
      execute(
          "CREATE TABLE shop.%s (id bigint PRIMARY KEY, text text)".formatted(table),
          "INSERT INTO shop.%s VALUES (1, 'old'), (2, 'old')".formatted(table));
    }
    capture(0);
    execute(
        // made again
        "DROP TABLE shop.a",
        "CREATE TABLE shop.a (id bigint PRIMARY KEY, text text)",
        "INSERT INTO shop.a VALUES (1, 'new')",
        // swapped
        "CREATE TABLE shop.b2 (id bigint PRIMARY KEY, text text)",
        "INSERT INTO shop.b2 VALUES (1, 'new')",
        "ALTER TABLE shop.b RENAME TO b_old",
        "ALTER TABLE shop.b2 RENAME TO b",
        // not published for a while
        "ALTER PUBLICATION changelake_shop DROP TABLE shop.c",
        "DELETE FROM shop.c WHERE id = 2",
        "ALTER PUBLICATION changelake_shop ADD TABLE shop.c",
        // the same table still, whatever its files
        "TRUNCATE shop.d",
        "INSERT INTO shop.d VALUES (3, 'new')",
        "VACUUM FULL shop.d");

    // when
    String refused = capture(10);
    String again = capture(10);
    capture(0, "--snapshot-again");
    JobUnderTest job = new JobUnderTest(stack, ConfigurationFile.read(config()));
    job.compact("2026-01-02");

    // then
    assertThat(List.of(refused, again))
        .allSatisfy(
            text -> assertThat(text).contains("shop.a, shop.b, shop.c are not what was captured."));
    assertThat(rows(job, "a")).containsExactly("1 new");
    assertThat(rows(job, "b")).containsExactly("1 new");
    assertThat(rows(job, "c")).containsExactly("1 old");
    assertThat(rows(job, "d")).containsExactly("3 new");
  }

  private static List<String> rows(JobUnderTest job, String table) {
    return JobUnderTest.lines(job.views("2026-01-02").table(table).selectExpr("id", "text"));
  }

  private void contract(String table) throws IOException {
    Files.writeString(
        directory.resolve("contracts").resolve(table + ".json"),
        """
        {"table": "%s", "topic": "shop.shop.%s", "description": "", "mode": "merge", "key": ["id"],
         "columns": [{"name": "id", "type": "bigint"},
           {"name": "text", "type": "string", "nullable": true}]}
        """
            .formatted(table, table));
  }

  private String capture(int exit, String... further) throws IOException, InterruptedException {
    List<String> arguments =
        new ArrayList<>(List.of("--until-current", "--config", config().toString()));
    arguments.addAll(List.of(further));
    Path log = Files.createTempFile(directory, "capture", ".log");
    Process process = Producers.start(Producers.CAPTURE, log, arguments.toArray(String[]::new));
    assertThat(process.waitFor(3, TimeUnit.MINUTES)).as("it ended").isTrue();
    String text = Files.readString(log);
    assertThat(process.exitValue()).as(text).isEqualTo(exit);
    return text;
  }

  private void emptyDatabase() throws SQLException {
    execute(
        "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots"
            + " WHERE slot_name = 'changelake_shop'",
        "DROP PUBLICATION IF EXISTS changelake_shop",
        "DROP SCHEMA IF EXISTS shop CASCADE");
  }

  private void execute(String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private List<String> lines(String query) throws SQLException {
    List<String> lines = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        lines.add(rows.getString(1));
      }
    }
    return lines;
  }

  private Path config() {
    return directory.resolve("stack.json");
  }
}
