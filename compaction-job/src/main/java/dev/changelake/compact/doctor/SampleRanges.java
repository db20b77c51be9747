package dev.changelake.compact.doctor;

import dev.changelake.compact.plan.OffsetRange;
import dev.changelake.compact.plan.TopicState.PartitionState;
import java.util.ArrayList;
import java.util.List;

/** Which offsets of a partition are looked at: never more than the sample's size. */
final class SampleRanges {
  /** One in so many records is taken from the partition's beginning. */
  private static final int BEGINNING = 10;

  private SampleRanges() {}

  /**
   * Some from the beginning, the first that did not land, and the rest from the end.
   *
   * @param firstNotLanded the first offset that no batch has
   */
  static List<OffsetRange> of(int partition, PartitionState state, long firstNotLanded, int size) {
    long start = state.earliest();
    long end = state.lastStable();
    if (end - start <= size) {
      return start < end ? List.of(new OffsetRange(partition, start, end)) : List.of();
    }
    long next = Math.max(firstNotLanded, start);
    int single = next < end ? 1 : 0;
    long beginning = Math.min(start + size / BEGINNING, end);
    long tail = end - (size - size / BEGINNING - single);
    List<OffsetRange> ranges = new ArrayList<>();
    add(ranges, partition, start, beginning);
    if (single == 1 && next >= beginning && next < tail) {
      add(ranges, partition, next, next + 1);
    }
    add(ranges, partition, tail, end);
    return ranges;
  }

  private static void add(List<OffsetRange> ranges, int partition, long start, long end) {
    if (start < end) {
      ranges.add(new OffsetRange(partition, start, end));
    }
  }
}
