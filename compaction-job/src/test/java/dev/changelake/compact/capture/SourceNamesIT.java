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
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names that need quotes, from a real database through Debezium into the lake. */
final class SourceNamesIT {
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
    entries.put("debezium.topic.prefix", "odd");
    new ObjectMapper().writeValue(config().toFile(), entries);
    Files.createDirectory(directory.resolve("contracts"));
    contract(
        "lists",
        "odd.Gr__e._ber_Liste.2",
        "{\"schema\": \"Größe\", \"table\": \"Über Liste.2\"}",
        "Kunden Nr",
        "1st.Näme");
    contract(
        "items", "odd.Gr__e.items", "{\"schema\": \"Größe\", \"table\": \"items\"}", "id", "a b");
    contract(
        "other_items",
        "odd.other.items",
        "{\"schema\": \"other\", \"table\": \"items\"}",
        "id",
        "A");
    execute(
        "CREATE SCHEMA \"Größe\"",
        "CREATE SCHEMA other",
        "CREATE TABLE \"Größe\".\"Über Liste.2\" (\"Kunden Nr\" bigint PRIMARY KEY, \"1st.Näme\" text)",
        "ALTER TABLE \"Größe\".\"Über Liste.2\" ALTER COLUMN \"1st.Näme\" SET STORAGE EXTERNAL",
        "CREATE TABLE \"Größe\".items (id bigint PRIMARY KEY, \"a b\" text)",
        "CREATE TABLE other.items (id bigint PRIMARY KEY, \"A\" text)",
        // Another table, which is not captured.
        "CREATE TABLE other.\"ITEMS\" (id bigint PRIMARY KEY)",
        "INSERT INTO \"Größe\".\"Über Liste.2\" VALUES (2, repeat('x', 5000)), (3, 'small')",
        "INSERT INTO \"Größe\".items VALUES (1, 'of Größe')",
        "INSERT INTO other.items VALUES (1, 'of other')",
        "INSERT INTO other.\"ITEMS\" VALUES (1)");
  }

  @AfterEach
  void end() throws SQLException {
    emptyDatabase();
    connection.close();
  }

  @Test
  void tablesAndColumnsOfAnySpellingComeToTheLake() throws Exception {
    // given
    capture();
    execute(
        // The large value does not change, and is left out of what Debezium sends.
        "UPDATE \"Größe\".\"Über Liste.2\" SET \"Kunden Nr\" = 20 WHERE \"Kunden Nr\" = 2",
        "UPDATE \"Größe\".\"Über Liste.2\" SET \"Kunden Nr\" = 200 WHERE \"Kunden Nr\" = 20",
        "UPDATE other.items SET \"A\" = 'changed'",
        "DELETE FROM \"Größe\".items");
    // when
    capture();
    JobUnderTest job = new JobUnderTest(stack, ConfigurationFile.read(config()));
    job.compact("2026-01-02");
    // then
    assertThat(rows(job, "lists")).containsExactly("200 " + "x".repeat(5000), "3 small");
    assertThat(rows(job, "items")).isEmpty();
    assertThat(rows(job, "other_items")).containsExactly("1 changed");
    assertThat(Files.readString(log())).doesNotContain("odd.other.ITEMS");
  }

  private static List<String> rows(JobUnderTest job, String table) {
    return JobUnderTest.lines(job.views("2026-01-02").table(table).selectExpr("id", "text"));
  }

  private void contract(String table, String topic, String source, String id, String text)
      throws IOException {
    Files.writeString(
        directory.resolve("contracts").resolve(table + ".json"),
        """
        {"table": "%s", "topic": "%s", "description": "", "mode": "merge", "key": ["id"], "source": %s,
         "columns": [{"name": "id", "type": "bigint", "source": "%s"},
           {"name": "text", "type": "string", "nullable": true, "source": "%s"}]}
        """
            .formatted(table, topic, source, id, text));
  }

  private void capture() throws IOException, InterruptedException {
    Process process =
        Producers.start(
            Producers.CAPTURE, log(), "--until-current", "--config", config().toString());
    assertThat(process.waitFor(3, TimeUnit.MINUTES)).as("it ended").isTrue();
    assertThat(process.exitValue()).as(Files.readString(log())).isZero();
  }

  private void emptyDatabase() throws SQLException {
    execute(
        "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots"
            + " WHERE slot_name = 'changelake_odd'",
        "DROP PUBLICATION IF EXISTS changelake_odd",
        "DROP SCHEMA IF EXISTS \"Größe\" CASCADE",
        "DROP SCHEMA IF EXISTS other CASCADE");
  }

  private void execute(String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private Path config() {
    return directory.resolve("stack.json");
  }

  private Path log() {
    return directory.resolve("processes.log");
  }
}
