package dev.changelake.compact.align;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.changelake.compact.plan.Alignment;
import dev.changelake.compact.plan.BatchEnd;
import dev.changelake.compact.plan.BatchId;
import dev.changelake.compact.plan.KafkaTopicOffsets;
import dev.changelake.compact.plan.Plan;
import dev.changelake.compact.plan.Planner;
import dev.changelake.compact.stack.TestStack;
import dev.changelake.contract.TableContracts;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ends of batches on a real Kafka, along a chain of plans. */
class KafkaTransactionsIT {
  private static final LocalDate DATE = LocalDate.of(2020, 6, 22);

  private final TestStack stack = TestStack.get();
  @TempDir private Path folder;

  @Test
  void batchesEndBeforeWhatHasNotComeWholeAndTheNextOnesGoOnFromThere() throws Exception {
    stack.freshLake(Map.of());
    try (TransferTopics topics = new TransferTopics(stack, folder)) {
      // given
      topics.holds(7, "checking", 1, 100);
      // when
      ChangelakeException withoutMetadata =
          catchThrowableOfType(ChangelakeException.class, () -> plan(Optional.empty(), true));
      // then
      assertThat(withoutMetadata.category()).isEqualTo(ErrorCategory.SOURCE);
      assertThat(withoutMetadata.problem())
          .isEqualTo(
              "There is no topic b2b.transaction, which would tell of the source's transactions.");

      // given
      stack.topics().create(List.of("b2b.transaction"), 1);
      topics.begin(7);
      topics.holds(7, "savings", 1, 0);
      topics.end(7);
      topics.begin(8);
      topics.holds(8, "checking", 1, 60);
      // when
      Plan first = plan(Optional.empty(), true);
      // then
      assertThat(offsets(first)).containsExactly(1L, 1L);
      assertThat(first.alignment().orElseThrow().left()).isEqualTo(Map.of(topic("checking"), 1L));
      assertThat(first.alignment().orElseThrow().waitsFor())
          .contains(new Alignment.Waiting("8", Map.of(topic("checking"), 1L), Optional.empty()));
      assertThat(first.alignment().orElseThrow().lastTransactions())
          .isEqualTo(Map.of("b2b.transaction", "7"));

      // given
      topics.holds(8, "savings", 1, 40);
      topics.end(8);
      topics.begin(9);
      topics.holds(9, "checking", 1, 0);
      // when
      Plan second = plan(Optional.of(first), true);
      Plan third = plan(Optional.of(second), true);
      Plan torn = plan(Optional.of(third), false);
      // then
      assertThat(offsets(second)).containsExactly(1L, 1L);
      assertThat(offsets(third)).containsExactly(0L, 0L);
      assertThat(offsets(torn)).containsExactly(1L, 0L);
      assertThat(torn.alignment()).isEmpty();

      // given
      topics.holds(9, "savings", 1, 100);
      topics.end(9);
      // when, the other half of the transaction is in the batch before
      Plan mended = plan(Optional.of(torn), true);
      // then
      assertThat(offsets(mended)).containsExactly(0L, 1L);
      assertThat(mended.alignment().orElseThrow().waitsFor()).isEmpty();
    }
  }

  private Plan plan(Optional<Plan> previous, boolean aligned) {
    Map<String, String> client = Map.of("bootstrap.servers", stack.bootstrapServers());
    Optional<BatchEnd> end =
        Optional.of(
            new KafkaTransactions(client, prefix -> prefix + ".transaction", Clock.systemUTC()));
    return new Planner(
            TableContracts.load(Optional.of(folder)),
            new KafkaTopicOffsets(client),
            end.filter(any -> aligned),
            Clock.systemUTC(),
            "driver")
        .next(previous, new BatchId("2020-06-22"), DATE, Optional.empty());
  }

  /** How many offsets the plan has of checking and of savings. */
  private static List<Long> offsets(Plan plan) {
    return List.of("checking", "savings").stream()
        .map(table -> plan.topicOf(table).orElseThrow().offsets())
        .toList();
  }

  private static String topic(String table) {
    return "b2b.public." + table;
  }
}
