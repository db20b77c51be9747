package dev.changelake.compact.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.changelake.compact.batch.Manifest;
import dev.changelake.compact.delta.LakeTable;
import dev.changelake.compact.history.OutputsUnderTest;
import dev.changelake.compact.merge.TableRestore;
import dev.changelake.compact.plan.PlanName;
import dev.changelake.compact.stack.TestStack;
import dev.changelake.config.Configuration;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables and contracts that somebody changed between two batches. */
class ForeignChangeIT {
  private static final String DAY_1 = "2020-06-21";
  private static final String DAY_2 = "2020-06-22";

  private final TestStack stack = TestStack.get();

  @Test
  void aTableThatSomebodyChangedIsRefusedUntilItIsRestoredAsTheErrorSays() {
    // given
    JobUnderTest job = new JobUnderTest(stack, stack.freshLake(Map.of()));
    String path = job.lake().layout().table("companies");
    try (CompaniesTopic topic = CompaniesTopic.create(stack)) {
      topic.insert(1, 2);
      job.compact(DAY_1);
      topic.rename(1, "Renamed");
      stack.spark().sql("DELETE FROM delta.`%s` WHERE company_id = 2".formatted(path));

      // when
      ChangelakeException refused =
          catchThrowableOfType(ChangelakeException.class, () -> job.compact(DAY_2));
      LakeTable table = new LakeTable(stack.spark().newSession(), path);
      Optional<TableRestore.Restored> restored = restore(job, table);
      Optional<TableRestore.Restored> again = restore(job, table);
      job.compact(DAY_2);

      // then
      assertThat(refused.category()).isEqualTo(ErrorCategory.TABLE);
      assertThat(refused.problem()).contains("is a DELETE");
      assertThat(refused.remedy()).contains("`bin/changelake restore companies --by <who>");
      assertThat(restored.orElseThrow().undone().operation()).isEqualTo("DELETE");
      assertThat(again).isEmpty();
      assertThat(table.delta().history(10).where("operation = 'RESTORE'").select("userMetadata"))
          .extracting(history -> history.first().getString(0))
          .isEqualTo("{\"by\":\"ada\",\"why\":\"a slip\"}");
      assertThat(job.companies(DAY_1)).containsExactly("1 Company 1", "2 Company 2");
      assertThat(job.companies(DAY_2)).containsExactly("1 Renamed", "2 Company 2");
    }
  }

  private static Optional<TableRestore.Restored> restore(JobUnderTest job, LakeTable table) {
    Manifest newest = job.lake().batches().find(1).orElseThrow();
    return TableRestore.restore(
        table, newest.tables().get("companies"), new PlanName(2, 0), "ada", "a slip");
  }

  @Test
  void maintenanceIsNoChangeWhateverItsKind() {
    // given
    JobUnderTest job = new JobUnderTest(stack, stack.freshLake(Map.of()));
    String table = "delta.`%s`".formatted(job.lake().layout().table("companies"));
    try (CompaniesTopic topic = CompaniesTopic.create(stack)) {
      topic.insert(1, 2);
      job.compact(DAY_1);
      topic.rename(1, "Renamed");
      for (String maintenance :
          List.of(
              "ALTER TABLE %s ADD CONSTRAINT positive CHECK (company_id > 0)",
              "ALTER TABLE %s SET TBLPROPERTIES ('delta.feature.rowTracking' = 'supported')",
              "REORG TABLE %s APPLY (PURGE)",
              "OPTIMIZE %s",
              "ALTER TABLE %s DROP CONSTRAINT positive")) {
        stack.spark().sql(maintenance.formatted(table));
      }

      // when
      job.compact(DAY_2);

      // then
      assertThat(job.companies(DAY_1)).containsExactly("1 Company 1", "2 Company 2");
      assertThat(job.companies(DAY_2)).containsExactly("1 Renamed", "2 Company 2");
    }
  }

  @Test
  void aColumnThatChangedItsTypeIsRefusedAndOneThatIsNewIsTaken(@TempDir Path folder)
      throws SQLException {
    // given
    Configuration lake = stack.freshLake(Map.of("contracts.directory", folder.toString()));
    JobUnderTest job = new JobUnderTest(stack, lake);
    InvoicesTopic topic = new InvoicesTopic(stack, folder);
    InvoicesTopic.completeContract(folder);
    topic.insert("10.00", "20.00");
    Manifest first = job.compact(DAY_1).manifest().orElseThrow();
    OutputsUnderTest outputs = new OutputsUnderTest(lake, job.lake());
    outputs.publish(first, "invoices");
    List<String> loaded = warehouse(outputs);
    topic.insert("30.00");

    // when
    InvoicesTopic.narrowedContract(folder);
    ChangelakeException refused =
        catchThrowableOfType(ChangelakeException.class, () -> job.compact(DAY_2));
    InvoicesTopic.extendedContract(folder);
    Manifest second = job.compact(DAY_2).manifest().orElseThrow();
    outputs.publish(second, "invoices");

    // then
    assertThat(refused.category()).isEqualTo(ErrorCategory.TABLE);
    assertThat(refused.why())
        .contains("amount is DECIMAL(6,2) in the table and DECIMAL(4,2) in the contract");
    assertThat(invoices(job, DAY_2)).containsExactly("1 30.00 note 1 null", "2 20.00 note 2 null");
    assertThat(job.views(DAY_1).table("invoices").columns()).doesNotContain("due");
    assertThat(loaded).containsExactly("(1,10.00,\"note 1\")", "(2,20.00,\"note 2\")");
    assertThat(warehouse(outputs))
        .containsExactly("(1,30.00,\"note 1\",)", "(2,20.00,\"note 2\",)");
  }

  /** The rows of the warehouse, in PostgreSQL's own words. */
  private static List<String> warehouse(OutputsUnderTest outputs) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = outputs.connect();
        Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery(
                "SELECT t::text FROM %s t ORDER BY invoice_id"
                    .formatted(outputs.warehouse("invoices")))) {
      while (found.next()) {
        rows.add(found.getString(1));
      }
    }
    return rows;
  }

  private static List<String> invoices(JobUnderTest job, String asOf) {
    return JobUnderTest.lines(
        job.views(asOf).table("invoices").select("invoice_id", "amount", "note", "due"));
  }
}
