package dev.changelake.compact.source;

import static dev.changelake.compact.source.JobUnderTest.lines;
import static dev.changelake.compact.source.JobUnderTest.nothing;
import static dev.changelake.compact.source.JobUnderTest.quarantineShare;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.entry;

import dev.changelake.compact.batch.Manifest;
import dev.changelake.compact.ledger.TableLedger;
import dev.changelake.compact.ledger.TopicLedger;
import dev.changelake.compact.run.Progress.Step;
import dev.changelake.compact.stack.TestStack;
import dev.changelake.config.Configuration;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import io.delta.tables.DeltaTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What cannot be applied lands, is counted, stops a run that has too much of it, and comes back.
 */
class QuarantineIT {
  private static final String DAY_1 = "2020-06-22";
  private static final String DAY_2 = "2020-06-23";
  private static final String DAY_3 = "2020-06-24";

  private final TestStack stack = TestStack.get();

  @Test
  void badInputOfEachKindLandsWithItsReasonAndTooMuchOfItStopsTheRun() {
    // given
    Configuration lake = stack.freshLake(Map.of("lake.quarantine-max-share", "0.25"));
    JobUnderTest job = new JobUnderTest(stack, lake);
    try (CompaniesTopic topic = CompaniesTopic.create(stack)) {
      topic.insert(1, 2, 3);
      topic.raw(topic.key(4), "no json");
      // when
      Manifest atTheLimit = job.compact(DAY_1).manifest().orElseThrow();
      topic.insert(5);
      sendOneOfEachKind(topic);
      ChangelakeException stopped =
          catchThrowableOfType(ChangelakeException.class, () -> job.compact(DAY_2));
      long versionWhenStopped = version(job, "companies");
      job.revise(DAY_2, quarantineShare("0.95"));
      Manifest accepted = job.compact(DAY_2).manifest().orElseThrow();
      // then
      assertThat(atTheLimit.topicLedgers().get(0).reasons())
          .containsExactly(entry("undecodable_value", 1L));
      assertThat(stopped.category()).isEqualTo(ErrorCategory.DATA);
      assertThat(stopped.problem())
          .isEqualTo("11 of 12 records of b2b.public.companies are quarantined, a share of 0.917.");
      assertThat(stopped.why()).startsWith("At most 0.25 is accepted.").contains("missing_key=1");
      assertThat(versionWhenStopped).isEqualTo(atTheLimit.tableVersion("companies").orElseThrow());
      TopicLedger ledger = accepted.topicLedgers().get(0);
      assertThat(ledger.landed()).isEqualTo(12);
      assertThat(ledger.reasons())
          .containsExactlyInAnyOrderEntriesOf(
              Map.ofEntries(
                  Map.entry("missing_key", 1L),
                  Map.entry("undecodable_key", 1L),
                  Map.entry("undecodable_value", 1L),
                  Map.entry("unknown_operation", 1L),
                  Map.entry("foreign_table", 1L),
                  Map.entry("wrong_image", 2L),
                  Map.entry("key_mismatch", 1L),
                  Map.entry("unknown_column", 1L),
                  Map.entry("null_in_required_column", 1L),
                  Map.entry("type_mismatch", 1L)));
      assertThat(tableLedger(accepted, "companies").quarantined()).isEqualTo(11);
      assertThat(tableLedger(accepted, "companies").inserted()).isEqualTo(1);
      assertThat(job.companies(DAY_2))
          .containsExactly("1 Company 1", "2 Company 2", "3 Company 3", "5 Company 5");
      assertThat(quarantine(job, DAY_1)).containsExactly("1 undecodable_value no json");
      assertThat(quarantine(job, DAY_2)).hasSize(12).contains("2 undecodable_value no json either");
    }
  }

  @Test
  void revisedContractDecodesWhatWasLandedThoughKafkaHasForgottenIt(@TempDir Path folder) {
    // given
    Configuration lake = stack.freshLake(Map.of("contracts.directory", folder.toString()));
    InvoicesTopic topic = new InvoicesTopic(stack, folder);
    InvoicesTopic.forgetfulContract(folder);
    JobUnderTest job = new JobUnderTest(stack, lake);
    topic.insert("10.00", "20.50", "9999.99", "10000.00");
    // when
    ChangelakeException stopped =
        catchThrowableOfType(ChangelakeException.class, () -> job.compact(DAY_1));
    topic.expire();
    InvoicesTopic.completeContract(folder);
    job.revise(DAY_1, quarantineShare("0.25"));
    Manifest manifest = job.compact(DAY_1).manifest().orElseThrow();
    // then
    assertThat(stopped.category()).isEqualTo(ErrorCategory.DATA);
    assertThat(stopped.why())
        .contains("{decimal_overflow=1, unknown_column=3}")
        .contains("No table was changed.");
    assertThat(stopped.remedy()).contains("bin/changelake quarantine show --table invoices");
    assertThat(manifest.topicLedgers().get(0).reasons())
        .containsExactly(entry("decimal_overflow", 1L));
    assertThat(lines(job.views(DAY_1).table("invoices").select("invoice_id", "amount", "note")))
        .containsExactly("1 10.00 note 1", "2 20.50 note 2", "3 9999.99 note 3");
  }

  @Test
  @Tag("thorough")
  void revisionAfterAPartialMergeStartsFromTheBatchBefore() {
    // given
    JobUnderTest job = new JobUnderTest(stack, stack.freshLake(Map.of()));
    try (CompaniesTopic topic = CompaniesTopic.create(stack)) {
      topic.insert(1, 2);
      job.compact(DAY_1);
      topic.rename(1, "Renamed");
      topic.delete(2);
      topic.insert(3);
      job.compactAndDieAfter(DAY_2, Step.MERGED);
      // when
      job.revise(DAY_2, nothing());
      Manifest revised = job.compact(DAY_2).manifest().orElseThrow();
      topic.insert(2);
      job.compact(DAY_3);
      // then
      assertThat(revised.plan()).hasToString("00000002.001");
      TableLedger ledger = tableLedger(revised, "companies");
      assertThat(List.of(ledger.inserted(), ledger.updated(), ledger.deleted()))
          .containsExactly(1L, 1L, 1L);
      assertThat(operations(job, "companies"))
          .containsExactly("WRITE", "MERGE", "MERGE", "RESTORE", "MERGE", "MERGE");
      assertThat(job.companies(DAY_1)).containsExactly("1 Company 1", "2 Company 2");
      assertThat(job.companies(DAY_2)).containsExactly("1 Renamed", "3 Company 3");
      assertThat(job.companies(DAY_3)).containsExactly("1 Renamed", "2 Company 2", "3 Company 3");
    }
  }

  private static void sendOneOfEachKind(CompaniesTopic topic) {
    String value = topic.insertion(6);
    String key = topic.key(6);
    topic.raw(null, value);
    topic.raw("{\"id\":6}", value);
    topic.raw(key, "no json either");
    topic.raw(key, value.replace("\"op\":\"c\"", "\"op\":\"x\""));
    topic.raw(key, value.replace("\"op\":\"c\"", "\"op\":\"t\""));
    topic.raw(key, value.replace("\"table\":\"companies\"", "\"table\":\"others\""));
    topic.raw(key, value.replace("\"op\":\"c\"", "\"op\":\"d\""));
    topic.raw(topic.key(7), value);
    topic.raw(key, value.replace("\"company_id\":6", "\"company_id\":6,\"color\":\"red\""));
    topic.raw(key, value.replace("\"Company 6\"", "null"));
    topic.raw(key, value.replace("\"Company 6\"", "6"));
  }

  private static List<String> quarantine(JobUnderTest job, String asOf) {
    Dataset<Row> rows = job.views(asOf).quarantine(Optional.of("companies")).orElseThrow();
    return lines(rows.selectExpr("n", "split(reason, ':')[0]", "value"));
  }

  private static TableLedger tableLedger(Manifest manifest, String table) {
    return manifest.tableLedgers().stream()
        .filter(ledger -> ledger.table().equals(table))
        .findFirst()
        .orElseThrow();
  }

  private long version(JobUnderTest job, String table) {
    return history(job, table).first().getLong(0);
  }

  private List<String> operations(JobUnderTest job, String table) {
    return history(job, table).orderBy("version").select("operation").collectAsList().stream()
        .map(row -> row.getString(0))
        .toList();
  }

  private Dataset<Row> history(JobUnderTest job, String table) {
    return DeltaTable.forPath(stack.spark(), job.lake().layout().table(table)).history();
  }
}
