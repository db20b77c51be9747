package dev.changelake.compact.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.changelake.error.ChangelakeException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class PostgresWarehouseIT extends WarehouseLoads {
  @Override
  Map<String, String> warehouse() {
    return Map.of();
  }

  /** Somebody holds the table, so that the load waits between its copy and its commit. */
  @Override
  ChangelakeException losesItsConnection(WarehouseTable table, Runnable load) throws Exception {
    try (Connection holder = loads.connect();
        Statement statement = holder.createStatement()) {
      holder.setAutoCommit(false);
      statement.execute("LOCK TABLE %s IN SHARE MODE".formatted(loads.name(table.name())));
      CompletableFuture<ChangelakeException> failure =
          CompletableFuture.supplyAsync(
              () -> catchThrowableOfType(ChangelakeException.class, load::run));
      Awaitility.await()
          .atMost(Duration.ofMinutes(2))
          .until(() -> failure.isDone() || terminateWaiting() == 1);
      ChangelakeException found = failure.get();
      holder.rollback();
      return found;
    }
  }

  /** Ends the sessions of Changelake that wait for a lock; tells how many. */
  private int terminateWaiting() throws SQLException {
    return loads
        .strings(
            "SELECT pg_terminate_backend(pid)::text FROM pg_stat_activity"
                + " WHERE application_name = 'changelake' AND wait_event_type = 'Lock'"
                + " AND query LIKE 'DELETE FROM%'")
        .size();
  }

  @Test
  void bytesArraysAndMapsAreNative() throws SQLException {
    // given
    WarehouseTable bags = Bags.table("bags");

    // when
    loads.written(bags, loads.content(bags, 1, "a", Bags.rows()));

    // then
    assertThat(loads.rows(bags))
        .containsExactly(
            "(1,\"\\\\x00ff22\",\"{\"\"a \\\\\"\"q\\\\\"\", \\\\\\\\\"\",NULL,\"\"\"\",\"\"NULL\"\"}\",\"{1.50,NULL}\","
                + "\"{\"\"k\"\": \"\"v\"\", \"\"n\"\": null}\")",
            "(2,\"\\\\x\",{},{},{})",
            "(3,,,,)");
  }
}
