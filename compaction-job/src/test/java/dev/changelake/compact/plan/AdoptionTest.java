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
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables that come to a lake late, and tables that leave it. */
class AdoptionTest {
  private static final String COMPANIES = "b2b.public.companies";
  private static final String ITEMS = "b2b.public.items";
  private static final String NOTES = "b2b.public.item_notes";

  private final FixedTopicOffsets kafka = new FixedTopicOffsets();
  @TempDir private Path folder;

  @BeforeEach
  void threeTablesOfTwoPlaces() throws IOException {
    writeContract("items");
    writeContract("item_notes");
    kafka
        .with(COMPANIES, "c", state(0, 7))
        .with(ITEMS, "i", state(0, 5))
        .with(NOTES, "n", state(0, 2));
  }

  @Test
  void aTopicThatIsNewMayBeginWithWhatIsThere() {
    // given
    kafka.with(ITEMS, "i", state(3, 5), state(0, 4));
    // when
    ChangelakeException refused = refused(() -> next(Optional.empty(), Optional.empty()));
    Plan plan = next(Optional.empty(), Optional.of(Decisions.fromEarliest(ITEMS)));
    // then
    assertThat(refused.problem()).isEqualTo("Offsets 0:0-3 of %s are no longer in Kafka.", ITEMS);
    assertThat(refused.remedy()).contains("--start-at-earliest " + ITEMS);
    TopicPlan items = plan.topicOf("items").orElseThrow();
    assertThat(items.partitions().stream().map(PartitionPlan::range))
        .containsExactly(new OffsetRange(0, 3, 5), new OffsetRange(1, 0, 4));
    assertThat(items.lost()).containsExactly(new OffsetRange(0, 0, 3));
  }

  @Test
  void whatATableHasReadBeforeIsNoBeginning() {
    // given
    Plan first = next(Optional.empty(), Optional.empty());
    kafka.with(ITEMS, "i", state(8, 9));
    // when
    ChangelakeException refused =
        refused(() -> next(Optional.of(first), Optional.of(Decisions.fromEarliest(ITEMS))));
    // then
    assertThat(refused.problem()).isEqualTo("Offsets 0:5-8 of %s are no longer in Kafka.", ITEMS);
    assertThat(refused.remedy()).doesNotContain("--start-at-earliest");
  }

  @Test
  void aTopicThatWasCreatedAgainMayBeginWithWhatIsThereToo() {
    // given
    Plan first = next(Optional.empty(), Optional.empty());
    kafka.with(ITEMS, "j", state(4, 6));
    Acceptance decision =
        Decisions.newTopic(ITEMS).after(Optional.of(Decisions.fromEarliest(ITEMS)));
    // when
    Plan second = next(Optional.of(first), Optional.of(decision));
    Plan revised = planner().revise(first, decision);
    // then
    assertThat(List.of(second, revised))
        .allSatisfy(
            plan ->
                assertThat(plan.topicOf("items").orElseThrow().partitions().get(0).range())
                    .isEqualTo(new OffsetRange(0, 4, 6)));
  }

  @Test
  void aRetiredTableStopsNoBatch() throws IOException {
    // given
    Plan first = next(Optional.empty(), Optional.empty());
    Files.delete(folder.resolve("items.json"));
    kafka.without(ITEMS).without(NOTES);
    // when
    ChangelakeException refused = refused(() -> next(Optional.of(first), Optional.empty()));
    ChangelakeException gone =
        refused(() -> next(Optional.of(first), Optional.of(Decisions.retire("items"))));
    Plan second = next(Optional.of(first), Optional.of(Decisions.retire("items", "item_notes")));
    Plan third = next(Optional.of(second), Optional.empty());
    // then
    assertThat(refused.remedy()).contains("--retire items");
    assertThat(gone.remedy()).contains("--retire item_notes");
    assertThat(List.of(second, third))
        .allSatisfy(
            plan -> {
              assertThat(plan.topics()).extracting(TopicPlan::table).containsExactly("companies");
              assertThat(plan.retired()).containsExactly("item_notes", "items");
            });
    assertThat(planner().notFollowed(third)).containsExactly("item_notes");
  }

  @Test
  void aRetiredTableIsNotReadWhenItsTopicIsBack() {
    // given
    Plan first = next(Optional.empty(), Optional.empty());
    kafka.without(ITEMS);
    Plan second = next(Optional.of(first), Optional.of(Decisions.retire("items")));
    kafka.with(ITEMS, "j", state(0, 9));
    // when
    Plan third = next(Optional.of(second), Optional.empty());
    // then
    assertThat(third.topicOf("items")).isEmpty();
    assertThat(planner().notFollowed(third)).containsExactly("items");
  }

  @Test
  void aTableIsRetiredInAnUnfinishedBatchToo() throws IOException {
    // given
    Plan first = next(Optional.empty(), Optional.empty());
    Files.delete(folder.resolve("items.json"));
    kafka.without(ITEMS);
    // when
    ChangelakeException refused = refused(() -> planner().requireContracts(first));
    Plan revised = planner().revise(first, Decisions.retire("items"));
    Plan again = planner().revise(revised, Decisions.nothing());
    // then
    assertThat(refused.problem()).contains("no contract of items (topic b2b.public.items)");
    planner().requireContracts(revised);
    assertThat(List.of(revised, again))
        .allSatisfy(
            plan -> {
              assertThat(plan.topics())
                  .extracting(TopicPlan::table)
                  .containsExactly("companies", "item_notes");
              assertThat(plan.retired()).containsExactly("items");
            });
  }

  @Test
  void whatIsFollowedOrWasNeverReadIsNotRetired() {
    // given
    Plan first = next(Optional.empty(), Optional.empty());
    // when
    List<ChangelakeException> refused =
        List.of("items", "leads", "itms").stream()
            .map(
                table ->
                    refused(() -> next(Optional.of(first), Optional.of(Decisions.retire(table)))))
            .toList();
    ChangelakeException revision =
        refused(() -> planner().revise(first, Decisions.retire("items")));
    // then
    assertThat(refused).extracting(ChangelakeException::category).containsOnly(ErrorCategory.USAGE);
    assertThat(List.of(refused.get(0), revision))
        .allSatisfy(followed -> assertThat(followed.why()).contains("are both there"));
    assertThat(refused.get(2).why()).isEqualTo("The batches read companies, item_notes, items.");
  }

  @Test
  void aRevisionAsksForTheTopicsThatItsDecisionNeeds() {
    // given
    Plan first = next(Optional.empty(), Optional.empty());
    kafka.with(ITEMS, "j", state(0, 6));
    kafka.asked();
    // when
    planner().revise(first, Decisions.lost(COMPANIES, new OffsetRange(0, 0, 1)));
    // then
    assertThat(kafka.asked()).isEmpty();
    planner().revise(first, Decisions.newTopic(ITEMS));
    assertThat(kafka.asked()).containsExactly(ITEMS);
  }

  private Plan next(Optional<Plan> previous, Optional<Acceptance> decision) {
    long n = previous.map(plan -> plan.name().n()).orElse(0L);
    LocalDate date = LocalDate.of(2020, 6, 22).plusDays(n);
    return planner().next(previous, new BatchId(date.toString()), date, decision);
  }

  /** Reads the contracts that are there now, as each run does. */
  private Planner planner() {
    return new Planner(
        TableContracts.load(Optional.of(folder)), kafka, Clock.systemUTC(), "driver");
  }

  private void writeContract(String table) throws IOException {
    Files.writeString(
        folder.resolve(table + ".json"),
        """
        {
          "table": "%s",
          "topic": "b2b.public.%s",
          "description": "A table of somebody's own.",
          "mode": "merge",
          "key": ["item_id"],
          "columns": [{"name": "item_id", "type": "bigint"}]
        }
        """
            .formatted(table, table));
  }

  private static PartitionState state(long earliest, long end) {
    return new PartitionState(earliest, end, end);
  }

  private static ChangelakeException refused(ThrowingCallable work) {
    return catchThrowableOfType(ChangelakeException.class, work);
  }
}
