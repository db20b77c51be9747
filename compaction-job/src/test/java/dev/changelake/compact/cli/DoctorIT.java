package dev.changelake.compact.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.changelake.compact.batch.Batches;
import dev.changelake.compact.batch.LakeIdentity;
import dev.changelake.compact.batch.Manifests;
import dev.changelake.compact.changelog.LakeLayout;
import dev.changelake.compact.plan.BatchId;
import dev.changelake.compact.plan.KafkaTopicOffsets;
import dev.changelake.compact.plan.PlanChain;
import dev.changelake.compact.plan.Planner;
import dev.changelake.compact.source.CompaniesTopic;
import dev.changelake.compact.spark.SparkSessions;
import dev.changelake.compact.stack.TestStack;
import dev.changelake.compact.store.S3LakeFiles;
import dev.changelake.compact.store.SealedJson;
import dev.changelake.config.Configuration;
import dev.changelake.contract.TableContracts;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The doctor as a command, on a real Kafka, with a lake and without. */
class DoctorIT {
  private final TestStack stack = TestStack.get();
  private final Configuration lake = stack.freshLake(Map.of());
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  @Test
  void hazardsOfATopicAreToldAndNothingIsLeftBehind() throws Exception {
    // given
    try (CompaniesTopic topic = CompaniesTopic.create(stack)) {
      topic.insert(1, 2, 3);
      finishBatch();
      topic.insert(4, 5, 6);
      topic.raw(topic.key(7), "{\"company_id\":7,\"company_name\":\"a secret\",\"__op\":\"c\"}");
      topic.expireBefore(5);
      set("cleanup.policy", "compact,delete");
      try (KafkaProducer<byte[], byte[]> open = topic.openTransaction(8)) {
        Set<String> before = left();
        // when
        int exitCode =
            execute(lake.bucket(), "--table", "companies", "--table", "orders", "--sample", "3");
        // then
        assertThat(exitCode).isEqualTo(11);
        assertThat(out.toString().lines().filter(line -> !line.isBlank()))
            .filteredOn(line -> !line.startsWith("  Why: ") && !line.startsWith("  Next: "))
            .containsExactly(
                "table      topic                 partitions  offsets  looked at",
                "companies  b2b.public.companies           1        3          2",
                "orders     b2b.public.orders              0        0          0",
                "error: flattened_records",
                "  b2b.public.companies: 1 of 2 records are rows without an envelope; added are __op"
                    + " (the first is 0:6).",
                "error: mixed_forms",
                "  b2b.public.companies: 1 of 2 records are rows without an envelope, and others have"
                    + " one (the first is 0:6).",
                "error: records_expired",
                "  b2b.public.companies: the offsets 0:3-5 are gone.",
                "error: wrong_form",
                "  b2b.public.companies: 1 of 2 records would be quarantined: wrong_form: a row alone"
                    + " in a topic whose contract has the form envelope (1, 0:6) (the first is 0:6).",
                "warning: compacted_topic",
                "  b2b.public.companies: it is compacted, and records are deleted by age too.",
                "warning: open_transaction",
                "  b2b.public.companies: 1 offsets stand behind an open transaction, from 0:7 on.",
                "warning: topic_missing",
                "  b2b.public.orders: there is no such topic.",
                "info: single_copy",
                "  b2b.public.companies: replication factor 1, min.insync.replicas 1.",
                "Last batch: 2020-06-22. Found: 4 errors, 3 warnings, 1 notes.");
        assertThat(err.toString())
            .startsWith("error: The topics of companies have hazards.")
            .contains("flattened_records, mixed_forms, records_expired, wrong_form");
        assertThat(out.toString() + err).doesNotContain("secret");
        assertThat(left()).isEqualTo(before);
        open.abortTransaction();
      }
    }
  }

  @Test
  void topicsAreLookedAtWithoutALakeToo() throws Exception {
    // given
    try (CompaniesTopic topic = CompaniesTopic.create(stack)) {
      topic.insert(1, 2, 3);
      // when
      int exitCode = execute("no-such-bucket", "--table", "companies", "--json");
      // then
      assertThat(exitCode).isZero();
      JsonNode told = SealedJson.mapper().readTree(out.toString());
      assertThat(told.has("lastBatch")).isFalse();
      assertThat(told.at("/topics/0/sampled").asInt()).isEqualTo(3);
      assertThat(told.path("hazards")).hasSize(1);
      assertThat(told.at("/hazards/0/code").asText()).isEqualTo("single_copy");
    }
  }

  /** A first batch as its files tell of it, without the tables. */
  private void finishBatch() {
    S3LakeFiles files =
        S3LakeFiles.openToRead(
            LakeLayout.ofBucket(lake.bucket()).root(), SparkSessions.hadoop(lake));
    Instant now = Instant.parse("2020-06-22T12:00:00Z");
    Planner planner =
        new Planner(
            TableContracts.load(Optional.empty()),
            new KafkaTopicOffsets(lake.kafkaClient()),
            Clock.fixed(now, ZoneOffset.UTC),
            "a test");
    BatchId batch = new BatchId("2020-06-22");
    LakeIdentity.of(files, now);
    new PlanChain(files)
        .add(planner.next(Optional.empty(), batch, batch.date().orElseThrow(), Optional.empty()));
    new Batches(files).add(Manifests.of(1, batch.text(), batch.text(), now.toString()));
  }

  private int execute(String bucket, String... arguments) throws IOException {
    Path config = folder.resolve("config.json");
    Files.write(
        config,
        SealedJson.mapper().writeValueAsBytes(stack.entries(Map.of("lake.bucket", bucket))));
    List<String> all = new ArrayList<>(List.of("doctor", "--config", config.toString()));
    all.addAll(List.of(arguments));
    CommandLine line = JobMain.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(all.toArray(String[]::new));
  }

  private void set(String name, String value) throws ExecutionException, InterruptedException {
    try (Admin admin = stack.admin()) {
      admin
          .incrementalAlterConfigs(
              Map.of(
                  new ConfigResource(ConfigResource.Type.TOPIC, CompaniesTopic.NAME),
                  List.of(
                      new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET))))
          .all()
          .get();
    }
  }

  /** All topics and consumer groups. */
  private Set<String> left() throws ExecutionException, InterruptedException {
    try (Admin admin = stack.admin()) {
      Set<String> names =
          new HashSet<>(admin.listTopics(new ListTopicsOptions().listInternal(true)).names().get());
      admin.listConsumerGroups().all().get().forEach(group -> names.add(group.groupId()));
      return names;
    }
  }
}
