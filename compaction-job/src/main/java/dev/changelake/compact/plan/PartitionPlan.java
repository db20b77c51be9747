package dev.changelake.compact.plan;

/**
 * One partition's part of a batch.
 *
 * @param range what the batch reads
 * @param lastStableOffset the end of what committed readers could see when the plan was made
 * @param highWatermark the end of the partition then; above the last stable offset where a
 *     transaction was open
 */
public record PartitionPlan(OffsetRange range, long lastStableOffset, long highWatermark) {
  public PartitionPlan {
    if (range.end() > lastStableOffset || lastStableOffset > highWatermark) {
      throw new IllegalArgumentException(
          "A partition's plan needs end <= last stable offset <= high watermark, was %s, %d, %d"
              .formatted(range, lastStableOffset, highWatermark));
    }
  }

  PartitionPlan upTo(long end) {
    return new PartitionPlan(
        new OffsetRange(range.partition(), range.start(), end), lastStableOffset, highWatermark);
  }
}
