package dev.changelake.compact.align;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.changelake.compact.plan.Alignment;
import dev.changelake.compact.plan.BatchEnd;
import dev.changelake.compact.plan.OffsetRange;
import dev.changelake.compact.plan.PartitionPlan;
import dev.changelake.compact.plan.TopicPlan;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BatchAlignmentTest {
  private static final String ITEMS = "b2b.public.items";
  private static final String STOCK = "b2b.public.stock";
  private static final String MARKS = "b2b.transaction";
  private static final Instant NOW = Instant.parse("2020-06-23T01:00:00Z");
  private static final long WRITTEN = NOW.toEpochMilli() - 1_000;

  @Test
  void transactionThatHasNotComeWholeIsLeftWithAllThatFollows() {
    // given
    BatchAlignment batch = batch(0, 4, 3);
    begin(batch, 0, 7);
    event(batch, ITEMS, 0, 7, 1);
    event(batch, STOCK, 0, 7, 1);
    end(batch, 1, 7, "public.items", 1, "public.stock", 1, "public.notes", 5);
    begin(batch, 2, 8);
    event(batch, ITEMS, 1, 8, 1);
    tombstone(batch, ITEMS, 2);
    end(batch, 3, 8, "public.items", 1, "public.stock", 2);
    event(batch, STOCK, 1, 8, 1);
    begin(batch, 4, 9);
    event(batch, ITEMS, 3, 9, 1);
    event(batch, STOCK, 2, 9, 1);
    end(batch, 5, 9, "public.items", 1, "public.stock", 1);
    // when
    BatchEnd.Cut cut = batch.cut();
    // then
    assertThat(ranges(cut)).containsExactly(new OffsetRange(0, 0, 1), new OffsetRange(0, 0, 1));
    assertThat(cut.alignment())
        .isEqualTo(
            new Alignment(
                Map.of(MARKS, "7"),
                Map.of(ITEMS, 3L, STOCK, 2L),
                Optional.of(
                    new Alignment.Waiting(
                        "8",
                        Map.of(ITEMS, 1L, STOCK, 1L),
                        Optional.of(Map.of(ITEMS, 1L, STOCK, 2L)))),
                Optional.of(Instant.ofEpochMilli(WRITTEN)),
                Set.of("public.notes")));
  }

  @Test
  void rowsOfSnapshotsMessagesAndWhatIsNoEnvelopeAreOfNoTransaction() {
    // given
    BatchAlignment batch = batch(0, 4, 0, new String[0]);
    read(batch, ITEMS, 0, change("r", "items", "null"));
    read(batch, ITEMS, 1, "{\"op\":\"m\",\"message\":{\"prefix\":\"p\"},\"transaction\":null}");
    read(batch, ITEMS, 2, "no JSON");
    read(batch, ITEMS, 3, "[1]");
    // when
    BatchEnd.Cut cut = batch.cut();
    // then
    assertThat(ranges(cut)).containsExactly(new OffsetRange(0, 0, 4), new OffsetRange(0, 0, 0));
    assertThat(cut.alignment().waitsFor()).isEmpty();
    assertThat(cut.alignment().left()).isEmpty();
  }

  @Test
  void batchMayGetEmpty() {
    // given
    BatchAlignment batch = batch(5, 7, 0);
    event(batch, ITEMS, 5, 7, 1);
    event(batch, ITEMS, 6, 7, 2);
    // when
    BatchEnd.Cut cut = batch.cut();
    // then
    assertThat(ranges(cut).get(0)).isEqualTo(new OffsetRange(0, 5, 5));
    assertThat(cut.alignment().lastTransactions()).isEmpty();
    assertThat(cut.alignment().waitsFor().orElseThrow().expected()).isEmpty();
  }

  @Test
  void whatCameBeforeTheBatchCountsToItsTransaction() {
    // given
    BatchAlignment batch = batch(1, 2, 0);
    begin(batch, 0, 7);
    event(batch, ITEMS, 0, 7, 1);
    event(batch, ITEMS, 1, 7, 2);
    end(batch, 1, 7, "public.items", 2);
    // when
    BatchEnd.Cut cut = batch.cut();
    // then
    assertThat(ranges(cut).get(0)).isEqualTo(new OffsetRange(0, 1, 2));
  }

  @Test
  void transactionThatEarlierBatchesHaveAndNeverGotWholeHoldsNothingBack() {
    // given
    BatchAlignment batch = batch(1, 2, 0);
    event(batch, ITEMS, 0, 7, 2);
    end(batch, 0, 7, "public.items", 2);
    begin(batch, 1, 8);
    event(batch, ITEMS, 1, 8, 1);
    end(batch, 2, 8, "public.items", 1);
    // when
    BatchEnd.Cut cut = batch.cut();
    // then
    assertThat(ranges(cut).get(0)).isEqualTo(new OffsetRange(0, 1, 2));
  }

  @Test
  void transactionThatWasBegunAgainHasToBeOverForAWhile() {
    for (long age : new long[] {1_000, SourceTransaction.SETTLED.toMillis() + 1}) {
      // given
      BatchAlignment batch = batch(0, 2, 0);
      begin(batch, 0, 7);
      event(batch, ITEMS, 0, 7, 1);
      begin(batch, 1, 7);
      // Renumbered: it is the second of two.
      batch.read(ITEMS, 0, 1, WRITTEN, bytes(block(ITEMS, "7:901", 1)));
      batch.read(MARKS, 0, 2, NOW.toEpochMilli() - age, bytes(endText("7:902", "public.items", 1)));
      // when
      BatchEnd.Cut cut = batch.cut();
      // then
      assertThat(ranges(cut).get(0).end()).as("%d ms", age).isEqualTo(age == 1_000 ? 0 : 2);
    }
  }

  @Test
  void changesThatTellNoTransactionAreRefused() {
    // given
    String text = change("u", "items", "null");
    // when
    ChangelakeException refused = refused(text);
    read(batch(1, 2, 0), ITEMS, 0, text);
    // then
    assertThat(refused.category()).isEqualTo(ErrorCategory.SOURCE);
    assertThat(refused.retryable()).isFalse();
    assertThat(refused.problem())
        .isEqualTo("The change 0:1 of b2b.public.items does not say of which transaction it is.");
    assertThat(refused.remedy()).contains("debezium.provide.transaction.metadata=true");
  }

  @Test
  void eventsWithoutATopicOfTransactionsAreRefused() {
    // given
    BatchAlignment batch = batch(0, 2, 0, new String[0]);
    // when
    ChangelakeException refused =
        catchThrowableOfType(ChangelakeException.class, () -> event(batch, ITEMS, 0, 7, 1));
    // then
    assertThat(refused.problem()).startsWith("There is no topic b2b.transaction");
  }

  @Test
  void routedTopicsAndStrangeMarksAreRefused() {
    // when
    ChangelakeException routed = refused(block("b2b.public.goods", "7:1", 1));
    ChangelakeException mark =
        catchThrowableOfType(
            ChangelakeException.class, () -> read(batch(0, 2, 0), MARKS, 4, "{\"status\":\"X\"}"));
    ChangelakeException name =
        catchThrowableOfType(
            ChangelakeException.class,
            () -> new SourceTopics(List.of(topic("items", 0, 1)), prefix -> prefix));
    // then
    assertThat(routed.problem()).contains("is of a table that has another topic");
    assertThat(mark.problem()).contains("0:4 of b2b.transaction");
    assertThat(name.category()).isEqualTo(ErrorCategory.USAGE);
  }

  @Test
  void inlineSchemasAndOtherIdsAreRead() {
    // when
    EventBlock inline =
        EventBlock.of(
            bytes(
                "{\"schema\":{\"type\":\"struct\"},\"payload\":%s}"
                    .formatted(block(ITEMS, "571:53195832", 3))));
    EventBlock other = EventBlock.of(bytes(block(ITEMS, "3E11FA47-71CA:23", 3)));
    // then
    assertThat(inline)
        .isEqualTo(new EventBlock(EventBlock.Kind.EVENT, "571", "public.items", 3, 53195832));
    assertThat(other.transaction()).isEqualTo("3E11FA47-71CA:23");
    assertThat(other.position()).isZero();
  }

  private static ChangelakeException refused(String value) {
    BatchAlignment batch = batch(0, 2, 0);
    return catchThrowableOfType(ChangelakeException.class, () -> read(batch, ITEMS, 1, value));
  }

  /** A batch of one partition of items, from start to end, and one of stock. */
  private static BatchAlignment batch(long start, long items, long stock) {
    return batch(start, items, stock, MARKS);
  }

  private static BatchAlignment batch(
      long start, long items, long stock, String... transactionTopics) {
    List<TopicPlan> topics = List.of(topic(ITEMS, start, items), topic(STOCK, 0, stock));
    return new BatchAlignment(
        topics,
        new SourceTopics(topics, prefix -> prefix + ".transaction"),
        Set.of(transactionTopics),
        NOW);
  }

  private static TopicPlan topic(String name, long start, long end) {
    return new TopicPlan(
        name.substring(name.lastIndexOf('.') + 1),
        name,
        "id",
        List.of(new PartitionPlan(new OffsetRange(0, start, end), end, end)),
        List.of(),
        List.of(),
        List.of(),
        1,
        List.of());
  }

  private static void begin(BatchAlignment batch, long offset, int transaction) {
    read(batch, MARKS, offset, "{\"status\":\"BEGIN\",\"id\":\"%d:1\"}".formatted(transaction));
  }

  private static void end(
      BatchAlignment batch, long offset, int transaction, Object... tablesAndCounts) {
    read(batch, MARKS, offset, endText(transaction + ":999", tablesAndCounts));
  }

  private static String endText(String id, Object... tablesAndCounts) {
    StringBuilder collections = new StringBuilder();
    for (int i = 0; i < tablesAndCounts.length; i += 2) {
      collections
          .append(i == 0 ? "" : ",")
          .append(
              "{\"data_collection\":\"%s\",\"event_count\":%d}"
                  .formatted(tablesAndCounts[i], tablesAndCounts[i + 1]));
    }
    return "{\"status\":\"END\",\"id\":\"%s\",\"data_collections\":[%s]}"
        .formatted(id, collections);
  }

  private static void event(
      BatchAlignment batch, String topic, long offset, int transaction, int order) {
    read(batch, topic, offset, block(topic, transaction + ":" + (100 + order), order));
  }

  private static String block(String topic, String id, int order) {
    return change(
        "c",
        topic.substring("b2b.public.".length()),
        "{\"id\":\"%s\",\"total_order\":1,\"data_collection_order\":%d}".formatted(id, order));
  }

  private static String change(String op, String table, String block) {
    return "{\"op\":\"%s\",\"source\":{\"schema\":\"public\",\"table\":\"%s\"},\"transaction\":%s}"
        .formatted(op, table, block);
  }

  private static void tombstone(BatchAlignment batch, String topic, long offset) {
    batch.read(topic, 0, offset, WRITTEN, null);
  }

  private static void read(BatchAlignment batch, String topic, long offset, String value) {
    batch.read(topic, 0, offset, WRITTEN, bytes(value));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static List<OffsetRange> ranges(BatchEnd.Cut cut) {
    return cut.topics().stream().map(topic -> topic.partitions().get(0).range()).toList();
  }
}
