package dev.changelake.compact.plan;

import com.fasterxml.jackson.annotation.JsonIgnore;

/** Offsets of one partition; {@code start} belongs to the range, {@code end} does not. */
public record OffsetRange(int partition, long start, long end) {
  public OffsetRange {
    if (partition < 0 || start < 0 || end < start) {
      throw new IllegalArgumentException(
          "A range of offsets needs partition >= 0 and 0 <= start <= end, was %d [%d, %d)"
              .formatted(partition, start, end));
    }
  }

  @JsonIgnore
  public boolean isEmpty() {
    return start == end;
  }

  /** Whether all offsets of the other range are of this one. */
  public boolean contains(OffsetRange other) {
    return partition == other.partition && start <= other.start && other.end <= end;
  }

  /** How many offsets the range has; records may be fewer. */
  @JsonIgnore
  public long length() {
    return end - start;
  }

  @Override
  public String toString() {
    return partition + ":" + start + "-" + end;
  }

  /** Reads {@code partition:start-end}. */
  public static OffsetRange parse(String text) {
    if (!text.matches("\\d{1,9}:\\d{1,18}-\\d{1,18}")) {
      throw new IllegalArgumentException(
          "a range is written partition:start-end, for example 0:120-500, was " + text);
    }
    String[] parts = text.split("[:-]");
    return new OffsetRange(
        Integer.parseInt(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]));
  }
}
