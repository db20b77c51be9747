package dev.changelake.compact.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changelake.compact.ledger.TopicLedger.PartitionLedger;
import dev.changelake.compact.plan.OffsetRange;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerTest {
  @Test
  void sumsThatAddUpContradictNothing() {
    // 36 = 8 + 1 + 2 + 3 + 4 + 5 + 6 + 7; 8 + 2 - 1 = 1 + 2 + 3 + 3
    long[] numbers = {36, 8, 1, 2, 3, 4, 5, 6, 7, 2, 1, 1, 2, 3, 3};
    assertThat(ledger(numbers).contradictions()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14})
  void everyNumberCounts(int place) {
    // given
    long[] numbers = {36, 8, 1, 2, 3, 4, 5, 6, 7, 2, 1, 1, 2, 3, 3};
    numbers[place]++;
    // when
    List<String> contradictions = ledger(numbers).contradictions();
    // then
    assertThat(contradictions).isNotEmpty();
  }

  @Test
  void contradictionsTellTheNumbers() {
    long[] numbers = {3, 2, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0};
    assertThat(ledger(numbers).contradictions())
        .containsExactly(
            "landed 3, accounted for 2",
            "winners 2 + moved 1 + truncated 0 - overtaken 0, applied 1");
  }

  @ParameterizedTest
  @CsvSource({"4, 4, true", "5, 4, false", "3, 3, false", "4, 3, false"})
  void partitionIsExactIfEachOffsetIsThereOnce(long rows, long offsets, boolean exact) {
    assertThat(
            new PartitionLedger(new OffsetRange(0, 5, 9), rows, offsets, List.of(), false)
                .isExact(List.of()))
        .isEqualTo(exact);
  }

  @ParameterizedTest
  @CsvSource({"6, 7, true", "5, 9, true", "6, 8, true", "5, 6, false", "7, 9, false"})
  void aHoleIsNoLossIfItIsKnown(long start, long end, boolean exact) {
    // given
    PartitionLedger partition =
        new PartitionLedger(
            new OffsetRange(0, 5, 9), 3, 3, List.of(new OffsetRange(0, 6, 7)), false);
    // when, then
    assertThat(partition.isExact(List.of(new OffsetRange(0, start, end)))).isEqualTo(exact);
    assertThat(partition.isExact(List.of(new OffsetRange(1, 0, 9)))).isFalse();
  }

  @Test
  void whatMoreIsMissingThanTheKnownHolesIsALoss() {
    // given: two offsets are missing, and one hole is listed
    PartitionLedger partition =
        new PartitionLedger(
            new OffsetRange(0, 5, 9), 2, 2, List.of(new OffsetRange(0, 6, 7)), false);
    // when, then
    assertThat(partition.isExact(List.of(new OffsetRange(0, 5, 9)))).isFalse();
  }

  @Test
  void shareIsThatOfLandedRecords() {
    TopicLedger ledger = topic(8, Map.of("change", 6L, "quarantined", 2L));
    assertThat(ledger.landed()).isEqualTo(8);
    assertThat(ledger.quarantinedShare()).isEqualByComparingTo("0.25");
    assertThat(topic(0, Map.of()).quarantinedShare()).isZero();
  }

  private static TopicLedger topic(long rows, Map<String, Long> statuses) {
    return new TopicLedger(
        "t",
        "topic",
        List.of(new PartitionLedger(new OffsetRange(0, 0, rows), rows, rows, List.of(), false)),
        statuses,
        Map.of(),
        Map.of(),
        0,
        List.of());
  }

  private static TableLedger ledger(long... n) {
    return new TableLedger(
        "t", n[0], n[1], n[2], n[3], n[4], 0, n[5], n[6], n[7], n[8], 0, n[9], n[10], 0, n[11],
        n[12], n[13], n[14], 0);
  }
}
