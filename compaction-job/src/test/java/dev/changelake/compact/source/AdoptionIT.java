package dev.changelake.compact.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.changelake.compact.batch.Manifest;
import dev.changelake.compact.result.RunResult;
import dev.changelake.compact.run.Progress.Step;
import dev.changelake.compact.stack.TestStack;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables that leave a lake, and topics that it may not see. */
class AdoptionIT {
  private static final String DAY_1 = "2020-06-22";
  private static final String DAY_2 = "2020-06-23";
  private static final String DAY_3 = "2020-06-24";

  private final TestStack stack = TestStack.get();
  @TempDir private Path folder;
  private JobUnderTest job;
  private CompaniesTopic companies;
  private InvoicesTopic invoices;

  @BeforeEach
  void twoTables() {
    job =
        new JobUnderTest(stack, stack.freshLake(Map.of("contracts.directory", folder.toString())));
    companies = CompaniesTopic.create(stack);
    invoices = new InvoicesTopic(stack, folder);
    InvoicesTopic.completeContract(folder);
    companies.insert(1);
    invoices.insert("10.00");
  }

  @AfterEach
  void close() throws ExecutionException, InterruptedException {
    allowAll();
    companies.close();
  }

  @Test
  void aRetiredTableLeavesAndTheOthersGoOn() throws Exception {
    // given
    job.compact(DAY_1);
    Files.delete(folder.resolve("invoices.json"));
    deleteInvoices();
    companies.rename(1, "Renamed");
    // when
    ChangelakeException refused = failure(() -> job.compact(DAY_2));
    job.compactAndDieAfter(DAY_2, JobUnderTest.retire("invoices"), Step.PLANNED);
    Manifest second = job.compact(DAY_2).manifest().orElseThrow();
    InvoicesTopic back = new InvoicesTopic(stack, folder);
    InvoicesTopic.completeContract(folder);
    back.insert("99.00");
    companies.insert(2);
    RunResult third = job.compact(DAY_3);
    // then
    assertThat(refused.category()).isEqualTo(ErrorCategory.USAGE);
    assertThat(refused.remedy()).contains("--retire invoices --by <who> --why <reason>");
    assertThat(List.of(second, third.manifest().orElseThrow()))
        .allSatisfy(
            manifest -> {
              assertThat(manifest.tables()).containsKey("companies").doesNotContainKey("invoices");
              assertThat(manifest.changes()).containsOnlyKeys("companies");
              assertThat(manifest.rows()).doesNotContainKey("invoices");
            });
    assertThat(third.warnings())
        .containsExactly("invoices is retired: its contract is there, and its topic is not read");
    assertThat(job.companies(DAY_3)).containsExactly("1 Renamed", "2 Company 2");
    assertThat(features("companies")).contains("deletionVectors");
    assertThat(features("invoices")).doesNotContain("deletionVectors");
    assertThat(features("orders")).doesNotContain("deletionVectors");
    assertThat(
            JobUnderTest.lines(
                job.views(DAY_1).table("invoices").select("invoice_id", "amount", "note")))
        .containsExactly("1 10.00 note 1");
    assertThat(job.views(DAY_3).quarantine(Optional.empty()).orElseThrow().count()).isZero();
  }

  @Test
  void topicsThatMayNotBeSeenAreNamedTogether() throws Exception {
    // given
    deny(CompaniesTopic.NAME, AclOperation.DESCRIBE);
    deny(InvoicesTopic.NAME, AclOperation.DESCRIBE);
    // when
    ChangelakeException refused = failure(() -> job.compact(DAY_1));
    // then
    assertThat(refused.category()).isEqualTo(ErrorCategory.SOURCE);
    assertThat(refused.retryable()).isFalse();
    assertThat(refused.problem())
        .endsWith("does not let this client see b2b.public.companies, b2b.public.invoices.");
    assertThat(job.lake().plans().last()).isEmpty();
  }

  @Test
  void aTopicThatMayBeSeenAndNotReadIsNoOutage() throws Exception {
    // given
    deny(InvoicesTopic.NAME, AclOperation.READ);
    // when
    ChangelakeException refused = failure(() -> job.compact(DAY_1));
    // then
    assertThat(refused.category()).isEqualTo(ErrorCategory.SOURCE);
    assertThat(refused.retryable()).isFalse();
    assertThat(refused.problem()).isEqualTo("Kafka refuses this client.");
    assertThat(refused.why()).contains("b2b.public.invoices");
  }

  /** What a reader or writer of the table has to know. */
  private List<String> features(String table) {
    return stack
        .spark()
        .sql("DESCRIBE DETAIL delta.`%s`".formatted(job.lake().layout().table(table)))
        .select("tableFeatures")
        .first()
        .getList(0);
  }

  private void deny(String topic, AclOperation operation)
      throws ExecutionException, InterruptedException {
    try (Admin admin = stack.admin()) {
      admin
          .createAcls(
              List.of(
                  acl(topic, AclOperation.ALL, AclPermissionType.ALLOW),
                  acl(topic, operation, AclPermissionType.DENY)))
          .all()
          .get();
    }
  }

  private void allowAll() throws ExecutionException, InterruptedException {
    try (Admin admin = stack.admin()) {
      admin.deleteAcls(List.of(AclBindingFilter.ANY)).all().get();
    }
  }

  private static AclBinding acl(String topic, AclOperation operation, AclPermissionType type) {
    return new AclBinding(
        new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL),
        new AccessControlEntry("User:ANONYMOUS", "*", operation, type));
  }

  private void deleteInvoices() throws ExecutionException, InterruptedException {
    try (Admin admin = stack.admin()) {
      admin.deleteTopics(List.of(InvoicesTopic.NAME)).all().get();
    }
  }

  private static ChangelakeException failure(ThrowingCallable work) {
    return catchThrowableOfType(ChangelakeException.class, work);
  }
}
