package dev.changelake.oracle;

import java.util.Objects;

/** One record as it lies in its topic; a null {@code value} is a tombstone, the key may be null. */
public record LogRecord(String topic, int partition, long offset, byte[] key, byte[] value) {

  public LogRecord {
    Objects.requireNonNull(topic, "topic");
    if (partition < 0 || offset < 0) {
      throw new IllegalArgumentException(
          "Partition and offset must not be negative, were %d and %d".formatted(partition, offset));
    }
  }

  /** Where the record lies: {@code topic-partition@offset}. */
  public String place() {
    return topic + "-" + partition + "@" + offset;
  }

  @Override
  public String toString() {
    return place();
  }
}
