package dev.changelake.oracle;

import java.util.Objects;

/** Offsets of one topic partition; {@code start} is read, {@code end} is not. */
public record OffsetSpan(String topic, int partition, long start, long end) {

  public OffsetSpan {
    Objects.requireNonNull(topic, "topic");
    if (partition < 0 || start < 0 || end < start) {
      throw new IllegalArgumentException(
          "Span of %s-%d must satisfy 0 <= start <= end, was [%d, %d)"
              .formatted(topic, partition, start, end));
    }
  }
}
