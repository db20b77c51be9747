package dev.changelake.compact.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.changelake.compact.plan.TopicState.PartitionState;
import dev.changelake.contract.TableContracts;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlannerTest {
  private static final String COMPANIES = "b2b.public.companies";
  private static final String ORDERS = "b2b.public.orders";
  private static final BatchId BATCH = new BatchId("2020-06-22");
  private static final LocalDate DATE = LocalDate.of(2020, 6, 22);

  private final FixedTopicOffsets kafka = new FixedTopicOffsets();
  private final Planner planner =
      new Planner(
          TableContracts.load(Optional.empty()),
          kafka,
          Clock.fixed(Instant.parse("2020-06-23T01:00:00.123456Z"), ZoneOffset.UTC),
          "driver");

  @Test
  void firstPlanTakesAllThatIsThere() {
    // given
    kafka.with(COMPANIES, "id", state(0, 7, 7), state(0, 0, 0)).with(ORDERS, "o", state(0, 3, 3));
    // when
    Plan plan = planner.next(Optional.empty(), BATCH, DATE, Optional.empty());
    // then
    assertThat(plan.name()).hasToString("00000001.000");
    assertThat(plan.batch()).isEqualTo(BATCH);
    assertThat(plan.businessDate()).isEqualTo(DATE);
    assertThat(plan.createdAt()).isEqualTo("2020-06-23T01:00:00.123Z");
    assertThat(plan.topics()).extracting(TopicPlan::table).containsExactly("companies", "orders");
    assertThat(ranges(plan)).containsExactly(range(0, 0, 7), range(1, 0, 0));
  }

  @Test
  void nextPlanTakesWhatCameSince() {
    // given
    Plan first = first(state(0, 7, 7));
    kafka.with(COMPANIES, "id", state(2, 10, 10));
    // when
    Plan next = next(first);
    // then
    assertThat(next.name()).hasToString("00000002.000");
    assertThat(ranges(next)).containsExactly(range(0, 7, 10));
  }

  @Test
  void planIsEmptyIfNothingCame() {
    // given
    Plan first = first(state(0, 7, 7));
    // when
    Plan next = next(first);
    // then
    assertThat(ranges(next)).containsExactly(range(0, 7, 7));
    assertThat(next.topics().get(0).offsets()).isZero();
  }

  @Test
  void topicThatAppearsLaterIsReadFromItsBeginning() {
    // given
    Plan first = first(state(0, 7, 7));
    kafka.with(ORDERS, "o", state(0, 4, 4));
    // when
    Plan next = next(first);
    // then
    assertThat(next.topicOf("orders").orElseThrow().offsets()).isEqualTo(4);
  }

  @Test
  void clusterWithoutAnyTopicIsTheWrongOne() {
    // given no topic
    // when
    ChangelakeException refused =
        refused(() -> planner.next(Optional.empty(), BATCH, DATE, Optional.empty()));
    // then
    assertThat(refused.category()).isEqualTo(ErrorCategory.SOURCE);
    assertThat(refused.problem()).startsWith("None of the topics exists: b2b.public.companies");
  }

  @Test
  void goneTopicIsRefused() {
    // given
    kafka.with(ORDERS, "o", state(0, 4, 4));
    Plan first = first(state(0, 7, 7));
    kafka.without(COMPANIES);
    // when
    ChangelakeException refused = refused(() -> next(first));
    // then
    assertThat(refused.problem()).isEqualTo("The topic b2b.public.companies is gone.");
  }

  @Test
  void recreatedTopicIsReadFromItsBeginningOnceThatIsAccepted() {
    // given
    Plan first = first(state(0, 7, 7));
    kafka.with(COMPANIES, "new id", state(0, 3, 3));
    // when
    ChangelakeException refused = refused(() -> next(first));
    Plan accepted = next(first, Decisions.newTopic(COMPANIES));
    // then
    assertThat(refused.category()).isEqualTo(ErrorCategory.SOURCE);
    assertThat(refused.retryable()).isFalse();
    assertThat(refused.remedy())
        .contains("compact --batch 2020-06-23 --accept-new-topic b2b.public.companies");
    assertThat(ranges(accepted)).containsExactly(range(0, 0, 3));
    assertThat(accepted.topics().get(0).topicId()).isEqualTo("new id");
    assertThat(accepted.acceptance()).contains(Decisions.newTopic(COMPANIES));
  }

  @Test
  void addedPartitionsAreReadFromTheirBeginningOnceThatIsAccepted() {
    // given
    Plan first = first(state(0, 7, 7));
    kafka.with(COMPANIES, "id", state(0, 8, 8), state(0, 2, 2));
    // when
    ChangelakeException refused = refused(() -> next(first));
    Plan accepted = next(first, Decisions.morePartitions(COMPANIES));
    // then
    assertThat(refused.problem()).contains("has 2 partitions now, the last plan knew 1");
    assertThat(ranges(accepted)).containsExactly(range(0, 7, 8), range(1, 0, 2));
  }

  @Test
  void expiredOffsetsAreGivenUpOnceExactlyTheyAreAccepted() {
    // given
    Plan first = first(state(0, 7, 7));
    kafka.with(COMPANIES, "id", state(9, 12, 12));
    // when
    ChangelakeException refused = refused(() -> next(first));
    ChangelakeException tooFew =
        refused(() -> next(first, Decisions.lost(COMPANIES, range(0, 7, 8))));
    Plan accepted = next(first, Decisions.lost(COMPANIES, range(0, 7, 9)));
    // then
    assertThat(refused.problem())
        .isEqualTo("Offsets 0:7-9 of b2b.public.companies are no longer in Kafka.");
    assertThat(refused.remedy()).contains("--accept-lost b2b.public.companies:0:7-9");
    assertThat(tooFew.problem()).isEqualTo(refused.problem());
    assertThat(ranges(accepted)).containsExactly(range(0, 9, 12));
    assertThat(accepted.topics().get(0).lost()).containsExactly(range(0, 7, 9));
  }

  @Test
  void partitionThatWentBackIsRefused() {
    // given
    Plan first = first(state(0, 7, 7));
    kafka.with(COMPANIES, "id", state(0, 6, 6));
    // when
    ChangelakeException refused = refused(() -> next(first));
    // then
    assertThat(refused.category()).isEqualTo(ErrorCategory.SOURCE);
    assertThat(refused.problem())
        .isEqualTo(
            "Partition 0 of b2b.public.companies ends at offset 6, before offset 7 that was read or"
                + " frozen earlier.");
  }

  @Test
  void openTransactionIsLeftOut() {
    // given
    kafka.with(COMPANIES, "id", state(0, 5, 9));
    // when
    Plan plan = planner.next(Optional.empty(), BATCH, DATE, Optional.empty());
    // then
    assertThat(ranges(plan)).containsExactly(range(0, 0, 5));
    assertThat(plan.topics().get(0).behindOpenTransactions()).isEqualTo(4);
  }

  @Test
  void batchEndsWhereItsEndIsFoundAndTheNextOneGoesOnFromThere() {
    // given
    Alignment alignment =
        new Alignment(
            Map.of("b2b.transaction", "571"),
            Map.of(COMPANIES, 3L),
            Optional.of(new Alignment.Waiting("572", Map.of(), Optional.empty())),
            Optional.of(Instant.EPOCH),
            Set.of());
    Planner aligning =
        new Planner(
            TableContracts.load(Optional.empty()),
            kafka,
            Optional.of(
                (topics, previous) ->
                    new BatchEnd.Cut(List.of(topics.get(0).upTo(List.of(4L))), alignment)),
            Clock.systemUTC(),
            "driver");
    kafka.with(COMPANIES, "id", state(0, 7, 9));
    // when
    Plan aligned = aligning.next(Optional.empty(), BATCH, DATE, Optional.empty());
    Plan next = next(aligned);
    Plan revised = planner.revise(aligned, Decisions.lost(COMPANIES, range(0, 0, 1)));
    kafka.with(COMPANIES, "new id", state(0, 5, 5));
    Plan recreated = planner.revise(aligned, Decisions.newTopic(COMPANIES));
    // then
    assertThat(ranges(aligned)).containsExactly(range(0, 0, 4));
    assertThat(aligned.topics().get(0).behindOpenTransactions()).isEqualTo(2);
    assertThat(aligned.alignment()).contains(alignment);
    assertThat(ranges(next)).containsExactly(range(0, 4, 7));
    assertThat(next.alignment()).isEmpty();
    assertThat(revised.alignment()).contains(alignment);
    assertThat(recreated.alignment()).isEmpty();
  }

  @Test
  void decisionAboutAnUnknownTopicIsRefused() {
    // given
    Plan first = first(state(0, 7, 7));
    // when
    ChangelakeException next = refused(() -> next(first, Decisions.newTopic("companys")));
    ChangelakeException revision =
        refused(() -> planner.revise(first, Decisions.lost("companys", range(0, 0, 1))));
    // then
    assertThat(List.of(next, revision))
        .allSatisfy(
            refused -> {
              assertThat(refused.category()).isEqualTo(ErrorCategory.USAGE);
              assertThat(refused.problem()).contains("names companys");
            });
  }

  @Test
  void revisionGivesUpTheBeginningOfARange() {
    // given
    Plan first = first(state(0, 7, 7), state(0, 4, 4));
    Acceptance decision = Decisions.lost(COMPANIES, range(0, 0, 3), range(1, 0, 4));
    // when
    Plan revised = planner.revise(first, decision);
    // then
    assertThat(revised.name()).hasToString("00000001.001");
    assertThat(revised.batch()).isEqualTo(first.batch());
    assertThat(revised.acceptance()).contains(decision);
    assertThat(ranges(revised)).containsExactly(range(0, 3, 7), range(1, 4, 4));
    assertThat(revised.topics().get(0).lost()).containsExactly(range(0, 0, 3), range(1, 0, 4));
  }

  @Test
  void secondRevisionRemembersWhatTheFirstGaveUp() {
    // given
    Plan first = first(state(0, 7, 7));
    Plan once = planner.revise(first, Decisions.lost(COMPANIES, range(0, 0, 3)));
    // when
    Plan twice = planner.revise(once, Decisions.lost(COMPANIES, range(0, 3, 5)));
    // then
    assertThat(twice.name()).hasToString("00000001.002");
    assertThat(ranges(twice)).containsExactly(range(0, 5, 7));
    assertThat(twice.topics().get(0).lost()).containsExactly(range(0, 0, 3), range(0, 3, 5));
  }

  @Test
  void revisionCannotGiveUpWhatThePlanDidNotFreezeFirst() {
    // given
    Plan first = first(state(0, 7, 7));
    // when
    List<ChangelakeException> refused =
        List.of(range(0, 1, 3), range(0, 0, 8), range(1, 0, 1)).stream()
            .map(r -> refused(() -> planner.revise(first, Decisions.lost(COMPANIES, r))))
            .toList();
    // then
    assertThat(refused)
        .allSatisfy(
            failure -> {
              assertThat(failure.category()).isEqualTo(ErrorCategory.USAGE);
              assertThat(failure.why()).contains("frozen are 0:0-7");
            });
  }

  @Test
  void revisionReadsARecreatedTopicFromItsBeginningAndListsWhatIsLost() {
    // given
    Plan first = first(state(0, 7, 7), state(0, 0, 0));
    kafka.with(COMPANIES, "new id", state(1, 2, 2));
    // when
    ChangelakeException refused =
        refused(() -> planner.revise(first, Decisions.newTopic(COMPANIES)));
    Plan revised = planner.revise(first, Decisions.newTopicThatLost(COMPANIES, range(0, 0, 1)));
    // then
    assertThat(refused.remedy())
        .contains("compact revise --batch 2020-06-22 --accept-lost b2b.public.companies:0:0-1");
    TopicPlan topic = revised.topics().get(0);
    assertThat(topic.topicId()).isEqualTo("new id");
    assertThat(ranges(revised)).containsExactly(range(0, 1, 2));
    assertThat(topic.lost()).containsExactly(range(0, 0, 7), range(0, 0, 1));
  }

  @Test
  void revisionTakesNoTopicForANewOneThatIsNone() {
    // given
    Plan first = first(state(0, 7, 7));
    // when
    ChangelakeException refused =
        refused(() -> planner.revise(first, Decisions.newTopic(COMPANIES)));
    // then
    assertThat(refused.category()).isEqualTo(ErrorCategory.USAGE);
    assertThat(refused.problem()).contains("is the one that the plan froze");
  }

  @Test
  void revisionKnowsHolesOfWhatWasFrozenAlone() {
    // given
    Plan first = first(state(0, 7, 7));
    // when
    Plan revised = planner.revise(first, Decisions.holes(COMPANIES, range(0, 3, 4)));
    Plan again = planner.revise(revised, Decisions.holes(COMPANIES, range(0, 6, 7)));
    List<ChangelakeException> refused =
        List.of(range(0, 6, 8), range(1, 0, 1)).stream()
            .map(r -> refused(() -> planner.revise(first, Decisions.holes(COMPANIES, r))))
            .toList();
    // then
    assertThat(ranges(again)).isEqualTo(ranges(first));
    assertThat(again.topics().get(0).holes()).containsExactly(range(0, 3, 4), range(0, 6, 7));
    assertThat(refused)
        .allSatisfy(failure -> assertThat(failure.category()).isEqualTo(ErrorCategory.USAGE));
  }

  @Test
  void aTopicThatWasReadNeedsItsContract(@TempDir Path folder) throws IOException {
    // given
    Files.writeString(
        folder.resolve("items.json"),
        """
        {
          "table": "items",
          "topic": "b2b.public.items",
          "description": "What is for sale.",
          "mode": "merge",
          "key": ["item_id"],
          "columns": [{"name": "item_id", "type": "bigint"}]
        }
        """);
    kafka.with("b2b.public.items", "id", state(0, 7, 7));
    Plan before =
        new Planner(TableContracts.load(Optional.of(folder)), kafka, Clock.systemUTC(), "driver")
            .next(Optional.empty(), BATCH, DATE, Optional.empty());
    // when
    ChangelakeException next = refused(() -> next(before));
    ChangelakeException again = refused(() -> planner.requireContracts(before));
    // then
    assertThat(next.category()).isEqualTo(ErrorCategory.USAGE);
    assertThat(next.problem()).contains("no contract of items");
    assertThat(again.remedy()).contains("contracts.directory");
  }

  @Test
  void revisionThatAcceptsNothingKeepsTheOffsets() {
    // given
    Plan first = first(state(0, 7, 7));
    kafka.with(COMPANIES, "id", state(7, 9, 9));
    // when
    Plan revised = planner.revise(first, Decisions.nothing());
    // then
    assertThat(revised.topics()).isEqualTo(first.topics());
  }

  @Test
  void frozenRangesThatAreStillThereCanBeRead() {
    // given
    Plan first = first(state(0, 7, 7));
    kafka.with(COMPANIES, "id", state(0, 12, 12));
    // when
    planner.requireStillThere(first.topics().get(0), BATCH);
    // then nothing is thrown
  }

  @Test
  void frozenRangesThatExpiredNeedARevision() {
    // given
    TopicPlan topic = first(state(0, 7, 7), state(0, 4, 4)).topics().get(0);
    kafka.with(COMPANIES, "id", state(9, 12, 12), state(1, 4, 4));
    // when
    ChangelakeException refused = refused(() -> planner.requireStillThere(topic, BATCH));
    // then
    assertThat(refused.problem()).startsWith("Offsets 0:0-7, 1:0-1 of b2b.public.companies were");
    assertThat(refused.remedy())
        .contains(
            "compact revise --batch 2020-06-22 --accept-lost b2b.public.companies:0:0-7 --accept-lost"
                + " b2b.public.companies:1:0-1 --by <who> --why <reason>");
  }

  @Test
  void frozenTopicThatChangedNeedsARevision() {
    // given
    TopicPlan topic = first(state(0, 7, 7)).topics().get(0);
    kafka.with(COMPANIES, "new id", state(0, 7, 7));
    // when
    ChangelakeException recreated = refused(() -> planner.requireStillThere(topic, BATCH));
    kafka.with(COMPANIES, "id", state(0, 6, 6));
    ChangelakeException wentBack = refused(() -> planner.requireStillThere(topic, BATCH));
    kafka.without(COMPANIES);
    ChangelakeException gone = refused(() -> planner.requireStillThere(topic, BATCH));
    // then
    assertThat(recreated.remedy()).contains("compact revise --batch 2020-06-22 --accept-new-topic");
    assertThat(wentBack.problem()).contains("ends at offset 6, before offset 7");
    assertThat(gone.problem()).contains("is gone");
  }

  @Test
  void frozenTopicWithFewerPartitionsIsNoBug() {
    // given
    TopicPlan topic = first(state(0, 7, 7), state(0, 4, 4)).topics().get(0);
    kafka.with(COMPANIES, "id", state(0, 7, 7));
    // when
    ChangelakeException refused = refused(() -> planner.requireStillThere(topic, BATCH));
    // then
    assertThat(refused.category()).isEqualTo(ErrorCategory.SOURCE);
  }

  private Plan first(PartitionState... partitions) {
    kafka.with(COMPANIES, "id", partitions);
    return planner.next(Optional.empty(), BATCH, DATE, Optional.empty());
  }

  private Plan next(Plan previous) {
    return planner.next(
        Optional.of(previous), new BatchId("2020-06-23"), DATE.plusDays(1), Optional.empty());
  }

  private Plan next(Plan previous, Acceptance acceptance) {
    return planner.next(
        Optional.of(previous),
        new BatchId("2020-06-23"),
        DATE.plusDays(1),
        Optional.of(acceptance));
  }

  private static List<OffsetRange> ranges(Plan plan) {
    return plan.topicOf("companies").orElseThrow().partitions().stream()
        .map(PartitionPlan::range)
        .toList();
  }

  private static PartitionState state(long earliest, long stable, long high) {
    return new PartitionState(earliest, stable, high);
  }

  private static OffsetRange range(int partition, long start, long end) {
    return new OffsetRange(partition, start, end);
  }

  private static ChangelakeException refused(ThrowingCallable work) {
    return catchThrowableOfType(ChangelakeException.class, work);
  }
}
