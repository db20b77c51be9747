package dev.changelake.compact.load;

import static dev.changelake.compact.load.LoadsUnderTest.column;
import static dev.changelake.compact.load.LoadsUnderTest.row;
import static dev.changelake.compact.load.LoadsUnderTest.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.changelake.error.ChangelakeException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.spark.sql.Row;
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

  @Test
  void whatNoLoadWritesDiffers() throws SQLException {
    // given
    WarehouseTable odd =
        table(
            "odd",
            column("id", "int", false, null),
            column("amount", "decimal(9,2)", true, null),
            column("day", "date", true, null),
            column("moment", "timestamp", true, null),
            column("local", "timestamp_ntz", true, null));
    Row row = row(1, null, null, null, null);
    loads.written(odd, loads.content(odd, 1, "a", row));

    // when
    loads.execute(
        "UPDATE %s SET amount = 'NaN', day = 'infinity', moment = '-infinity', local = 'infinity'"
            .formatted(loads.name("odd")));
    Parity parity = loads.compare(odd, 1, "a", row);

    // then
    assertThat(parity.ranges())
        .containsExactly(
            new Parity.KeyRange(
                "id=1", "id=1", 0, 0, 1, Set.of("amount", "day", "moment", "local")));
  }
}
