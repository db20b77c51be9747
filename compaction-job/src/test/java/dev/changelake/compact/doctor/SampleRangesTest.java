package dev.changelake.compact.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changelake.compact.plan.OffsetRange;
import dev.changelake.compact.plan.TopicState.PartitionState;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SampleRangesTest {
  @Test
  void aSmallPartitionIsReadAsAWhole() {
    assertThat(ranges(5, 25, 0, 20)).containsExactly(new OffsetRange(3, 5, 25));
    assertThat(ranges(5, 5, 0, 20)).isEmpty();
  }

  @Test
  void ofALargeOneTheBeginningTheFirstThatDidNotLandAndTheEndAreRead() {
    assertThat(ranges(100, 10_000, 5_000, 100))
        .containsExactly(
            new OffsetRange(3, 100, 110),
            new OffsetRange(3, 5_000, 5_001),
            new OffsetRange(3, 9_911, 10_000));
  }

  @Test
  void whatLandedAsAWholeHasNoFirstThatDidNot() {
    assertThat(ranges(100, 10_000, 10_000, 100))
        .containsExactly(new OffsetRange(3, 100, 110), new OffsetRange(3, 9_910, 10_000));
  }

  @Test
  void neverMoreIsReadThanAsked() {
    long seed = Long.getLong("doctor.seed", System.nanoTime());
    Random random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      // given
      long start = random.nextInt(50);
      long end = start + random.nextInt(200);
      long next = random.nextInt(300);
      int size = 1 + random.nextInt(120);
      // when
      List<OffsetRange> ranges = ranges(start, end, next, size);
      // then
      String of = "[%d, %d), %d, %d, -Ddoctor.seed=%d".formatted(start, end, next, size, seed);
      assertThat(ranges.stream().mapToLong(OffsetRange::length).sum())
          .as(of)
          .isLessThanOrEqualTo(size);
      long from = start;
      for (OffsetRange range : ranges) {
        assertThat(range.start()).as(of).isGreaterThanOrEqualTo(from);
        from = range.end();
      }
      assertThat(from).as(of).isLessThanOrEqualTo(end);
      if (Math.max(start, next) < end) {
        OffsetRange wanted = new OffsetRange(3, Math.max(start, next), Math.max(start, next) + 1);
        assertThat(ranges).as(of).anyMatch(range -> range.contains(wanted));
      }
    }
  }

  private static List<OffsetRange> ranges(long start, long end, long firstNotLanded, int size) {
    return SampleRanges.of(3, new PartitionState(start, end, end), firstNotLanded, size);
  }
}
