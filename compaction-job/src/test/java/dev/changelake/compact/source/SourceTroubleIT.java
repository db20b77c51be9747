package dev.changelake.compact.source;

import static dev.changelake.compact.source.JobUnderTest.holes;
import static dev.changelake.compact.source.JobUnderTest.lost;
import static dev.changelake.compact.source.JobUnderTest.morePartitions;
import static dev.changelake.compact.source.JobUnderTest.newTopic;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.changelake.compact.plan.OffsetRange;
import dev.changelake.compact.plan.PartitionPlan;
import dev.changelake.compact.result.RunResult;
import dev.changelake.compact.run.Progress.Step;
import dev.changelake.compact.stack.TestStack;
import dev.changelake.config.Configuration;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** What Kafka can do to a lake, and how an operator gets it going again. */
class SourceTroubleIT {
  private static final String DAY_1 = "2020-06-22";
  private static final String DAY_2 = "2020-06-23";
  private static final String DAY_3 = "2020-06-24";

  private final TestStack stack = TestStack.get();
  private Configuration configuration;
  private JobUnderTest job;
  private CompaniesTopic topic;

  @BeforeEach
  void freshLake() {
    configuration = stack.freshLake(Map.of());
    job = new JobUnderTest(stack, configuration);
    topic = CompaniesTopic.create(stack);
  }

  @AfterEach
  void close() {
    topic.close();
  }

  @Test
  void offsetsThatExpiredBeforeThePlanAreNamedAndCanBeGivenUp() {
    // given
    topic.insert(1, 2, 3, 4, 5);
    topic.expireBefore(2);
    // when
    ChangelakeException refused = failure(() -> job.compact(DAY_1));
    RunResult accepted = job.compact(DAY_1, lost("0:0-2"));
    // then
    assertThat(refused.category()).isEqualTo(ErrorCategory.SOURCE);
    assertThat(refused.retryable()).isFalse();
    assertThat(refused.problem())
        .isEqualTo("Offsets 0:0-2 of b2b.public.companies are no longer in Kafka.");
    assertThat(refused.remedy())
        .contains("--accept-lost b2b.public.companies:0:0-2 --by <who> --why <reason>");
    assertThat(accepted.manifest().orElseThrow().topicLedgers().get(0).lost())
        .containsExactly(new OffsetRange(0, 0, 2));
    assertThat(job.lake().plans().newest(1).orElseThrow().topicOf("companies").orElseThrow().lost())
        .containsExactly(new OffsetRange(0, 0, 2));
    assertThat(job.companies(DAY_1)).containsExactly("3 Company 3", "4 Company 4", "5 Company 5");
  }

  @Test
  void offsetsThatExpiredAfterFreezingBlockUntilTheBatchIsRevised() {
    // given
    topic.insert(1, 2, 3);
    job.compactAndDieAfter(DAY_1, Step.PLANNED);
    topic.expireBefore(1);
    topic.insert(4);
    // when
    ChangelakeException refused = failure(() -> job.compact(DAY_1));
    ChangelakeException blocked = failure(() -> job.compact(DAY_2));
    job.revise(DAY_1, lost("0:0-1"));
    RunResult finished = job.compact(DAY_1);
    // then
    assertThat(refused.category()).isEqualTo(ErrorCategory.SOURCE);
    assertThat(refused.problem())
        .isEqualTo("Offsets 0:0-1 of b2b.public.companies were frozen and are no longer in Kafka.");
    assertThat(refused.remedy())
        .contains("compact revise --batch " + DAY_1 + " --accept-lost b2b.public.companies:0:0-1");
    assertThat(blocked.category()).isEqualTo(ErrorCategory.BLOCKED);
    assertThat(blocked.problem()).startsWith("Batch 2020-06-22 stands in the way");
    assertThat(blocked.why()).contains("Offsets 0:0-1");
    assertThat(finished.manifest().orElseThrow().plan()).hasToString("00000001.001");
    assertThat(job.companies(DAY_1)).containsExactly("2 Company 2", "3 Company 3");
  }

  @Test
  void topicsThatChangedTheirShapeAreReadAfterADecision() {
    // given
    topic.insert(1, 2);
    job.compact(DAY_1);
    topic.recreate();
    topic.insert(3);
    // when
    ChangelakeException recreated = failure(() -> job.compact(DAY_2));
    job.compact(DAY_2, newTopic());
    topic.addPartition();
    topic.insert(4);
    ChangelakeException repartitioned = failure(() -> job.compact(DAY_3));
    job.compactAndDieAfter(DAY_3, morePartitions(), Step.PLANNED);
    // then
    assertThat(recreated.category()).isEqualTo(ErrorCategory.SOURCE);
    assertThat(recreated.problem()).contains("was deleted and created again");
    assertThat(recreated.remedy()).contains("--accept-new-topic b2b.public.companies");
    assertThat(repartitioned.category()).isEqualTo(ErrorCategory.SOURCE);
    assertThat(repartitioned.problem()).contains("has 2 partitions now, the last plan knew 1");
    assertThat(repartitioned.remedy()).contains("--accept-partitions b2b.public.companies");
    assertThat(job.companies(DAY_2)).containsExactly("1 Company 1", "2 Company 2", "3 Company 3");
    assertThat(job.lake().plans().newest(3).orElseThrow().topicOf("companies").orElseThrow())
        .extracting(plan -> plan.partitions().stream().map(PartitionPlan::range).toList())
        .hasToString("[0:1-2, 1:0-0]");
  }

  @Test
  void topicCreatedAgainAfterFreezingNeedsARevision() {
    // given
    topic.insert(1, 2);
    job.compactAndDieAfter(DAY_1, Step.PLANNED);
    topic.recreate();
    topic.insert(3);
    // when
    ChangelakeException refused = failure(() -> job.compact(DAY_1));
    ChangelakeException ignored = failure(() -> job.compact(DAY_1, newTopic()));
    job.revise(DAY_1, newTopic());
    RunResult finished = job.compact(DAY_1);
    // then
    assertThat(refused.remedy())
        .contains("compact revise --batch " + DAY_1 + " --accept-new-topic b2b.public.companies");
    assertThat(ignored.category()).isEqualTo(ErrorCategory.USAGE);
    assertThat(ignored.remedy()).contains("compact revise --batch 2020-06-22");
    assertThat(finished.manifest().orElseThrow().topicLedgers().get(0).lost())
        .containsExactly(new OffsetRange(0, 0, 2));
    assertThat(job.companies(DAY_1)).containsExactly("3 Company 3");
  }

  @Test
  void openTransactionIsLeftToALaterBatchWhichItsMarkersThenStop() {
    // given
    topic.insert(1);
    try (KafkaProducer<byte[], byte[]> transactional = topic.openTransaction(2)) {
      // when
      RunResult first = job.compact(DAY_1);
      transactional.commitTransaction();
      ChangelakeException second = failure(() -> job.compact(DAY_2));
      // then
      assertThat(first.warnings())
          .containsExactly(
              "1 offsets of b2b.public.companies stood behind an open transaction when the batch"
                  + " was frozen; they belong to a later batch");
      assertThat(job.companies(DAY_1)).containsExactly("1 Company 1");
      assertThat(second.category()).isEqualTo(ErrorCategory.DATA);
      assertThat(second.problem())
          .isEqualTo(
              "The change log of b2b.public.companies does not hold exactly what the plan froze.");
      assertThat(second.why())
          .isEqualTo(
              "Of the range 0:1-3 it has 1 rows with 1 distinct offsets; missing are [0:2-3].");
      assertThat(second.remedy())
          .contains("a transactional producer")
          .contains("--accept-holes b2b.public.companies:0:2-3");

      // when
      job.revise(DAY_2, holes("0:2-3"));
      RunResult finished = job.compact(DAY_2);

      // then
      assertThat(
              finished.manifest().orElseThrow().topicLedgers().get(0).partitions().get(0).holes())
          .containsExactly(new OffsetRange(0, 2, 3));
      assertThat(job.companies(DAY_2)).containsExactly("1 Company 1", "2 Company 2");
    }
  }

  @Test
  void damagedPlanIsNamed() {
    // given
    topic.insert(1);
    job.compactAndDieAfter(DAY_1, Step.PLANNED);
    String path = "data/_changelake/plans/00000001.000.json";
    try (S3Client s3 = stack.s3()) {
      String plan =
          s3.getObjectAsBytes(get -> get.bucket(configuration.bucket()).key(path)).asUtf8String();
      s3.putObject(
          put -> put.bucket(configuration.bucket()).key(path),
          RequestBody.fromString(plan.replace("\"end\" : 1", "\"end\" : 0")));
    }
    // when
    ChangelakeException failure = failure(() -> job.compact(DAY_1));
    // then
    assertThat(failure.category()).isEqualTo(ErrorCategory.TABLE);
    assertThat(failure.retryable()).isFalse();
    assertThat(failure.problem()).isEqualTo("The file " + path + " is damaged.");
  }

  @Test
  @Tag("thorough")
  void brokerThatIsAwayIsToldSoon() {
    // given
    Map<String, String> entries = new HashMap<>(stack.entries(Map.of()));
    entries.put("kafka.bootstrap.servers", "127.0.0.1:1");
    entries.put("lake.bucket", configuration.bucket());
    JobUnderTest without = new JobUnderTest(stack, Configuration.of(entries));
    Instant started = Instant.now();
    // when
    ChangelakeException failure = failure(() -> without.compact(DAY_1));
    // then
    assertThat(failure.category()).isEqualTo(ErrorCategory.SOURCE);
    assertThat(failure.retryable()).isTrue();
    assertThat(failure.problem()).isEqualTo("Kafka at 127.0.0.1:1 does not answer.");
    assertThat(Duration.between(started, Instant.now())).isLessThan(Duration.ofMinutes(1));
  }

  private static ChangelakeException failure(ThrowingCallable work) {
    return catchThrowableOfType(ChangelakeException.class, work);
  }
}
