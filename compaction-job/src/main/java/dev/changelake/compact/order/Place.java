package dev.changelake.compact.order;

import java.util.Objects;

/** Where a record stands in its topic. */
public record Place(String topic, int partition, long offset) {
  public Place {
    Objects.requireNonNull(topic, "topic");
    if (partition < 0 || offset < 0) {
      throw new IllegalArgumentException("Partition and offset must not be negative");
    }
  }
}
