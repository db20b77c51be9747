package dev.changelake.compact.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parts of a plan cannot be wrong. */
class PlanPartsTest {
  @ParameterizedTest
  @CsvSource({"-1, 0, 1", "0, -1, 1", "0, 2, 1"})
  void wrongRangesAreRefused(int partition, long start, long end) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new OffsetRange(partition, start, end))
        .withMessageContaining("0 <= start <= end");
  }

  @Test
  void rangeIsHalfOpen() {
    assertThat(new OffsetRange(0, 3, 3).isEmpty()).isTrue();
    assertThat(new OffsetRange(0, 3, 4).isEmpty()).isFalse();
    assertThat(new OffsetRange(0, 3, 4).length()).isEqualTo(1);
  }

  @Test
  void rangeIsReadAsItIsWritten() {
    OffsetRange range = new OffsetRange(12, 120, 500);
    assertThat(range).hasToString("12:120-500");
    assertThat(OffsetRange.parse("12:120-500")).isEqualTo(range);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "0", "0:1", "0:1-", "a:1-2", "0:2-1", "-1:0-1", "0:0-9999999999999999999"})
  void textThatIsNoRangeIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> OffsetRange.parse(text));
  }

  @Test
  void planNameIsReadAsItIsWrittenAndCountsTransactions() {
    PlanName name = new PlanName(7, 2);
    assertThat(name).hasToString("00000007.002");
    assertThat(PlanName.parse("00000007.002")).isEqualTo(name);
    assertThat(name.transactionVersion()).isEqualTo(7002);
    assertThat(name.nextRevision()).hasToString("00000007.003");
    assertThat(name).isLessThan(new PlanName(8, 0)).isGreaterThan(new PlanName(7, 1));
  }

  @Test
  void namesDoNotDependOnTheLocale() {
    // given
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    try {
      // then
      assertThat(new PlanName(7, 2)).hasToString("00000007.002");
      assertThat(new OffsetRange(1, 2, 3)).hasToString("1:2-3");
    } finally {
      Locale.setDefault(before);
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "100000000, 0", "1, -1", "1, 1000"})
  void wrongPlanNamesAreRefused(long n, int revision) {
    assertThatIllegalArgumentException().isThrownBy(() -> new PlanName(n, revision));
  }

  @ParameterizedTest
  @ValueSource(strings = {"7.2", "00000000.000", "00000007", "00000007.002.json", "x"})
  void textThatIsNoPlanNameIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> PlanName.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".a", "-a", "a b", "a/b", "ä"})
  void wrongBatchIdsAreRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> new BatchId(text));
  }

  @Test
  void batchIdMayBeOneHundredLong() {
    assertThat(new BatchId("a".repeat(100)).text()).hasSize(100);
    assertThatIllegalArgumentException().isThrownBy(() -> new BatchId("a".repeat(101)));
  }

  @Test
  void batchIdTellsItsDate() {
    assertThat(new BatchId("2020-06-22").date()).contains(LocalDate.of(2020, 6, 22));
    assertThat(new BatchId("2020-06-22.companies").date()).contains(LocalDate.of(2020, 6, 22));
    assertThat(new BatchId("2020-06-31").date()).isEmpty();
    assertThat(new BatchId("backfill").date()).isEmpty();
  }

  @Test
  void decisionNeedsWhoAndWhy() {
    assertThatIllegalArgumentException().isThrownBy(() -> acceptance(" ", "why", "0.5"));
    assertThatIllegalArgumentException().isThrownBy(() -> acceptance("ada", "", "0.5"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-0.1", "1.1"})
  void acceptedShareLiesBetweenZeroAndOne(String share) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> acceptance("ada", "why", share))
        .withMessageContaining("0 to 1");
  }

  @ParameterizedTest
  @CsvSource({"4, 5", "5, 4"})
  void partitionEndsBeforeWhatCommittedReadersSee(long stable, long high) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PartitionPlan(new OffsetRange(0, 0, 5), stable, high));
  }

  @Test
  void topicHoldsAllPartitionsInOrder() {
    PartitionPlan second = new PartitionPlan(new OffsetRange(1, 0, 5), 5, 6);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new TopicPlan(
                    "t",
                    "topic",
                    "id",
                    List.of(second),
                    List.of(),
                    List.of(),
                    List.of(),
                    1,
                    List.of()))
        .withMessageContaining("all partitions in order");
  }

  @Test
  void topicCountsItsOffsets() {
    TopicPlan topic =
        new TopicPlan(
            "t",
            "topic",
            "id",
            List.of(
                new PartitionPlan(new OffsetRange(0, 2, 5), 5, 5),
                new PartitionPlan(new OffsetRange(1, 0, 5), 5, 7)),
            List.of(),
            List.of(),
            List.of(),
            1,
            List.of());
    assertThat(topic.offsets()).isEqualTo(8);
    assertThat(topic.behindOpenTransactions()).isEqualTo(2);
  }

  private static Acceptance acceptance(String who, String why, String share) {
    return new Acceptance(
        who, why, Optional.of(new BigDecimal(share)), Map.of(), Map.of(), Set.of(), Set.of());
  }
}
