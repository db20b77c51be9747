package dev.changelake.compact.delta;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How long a version of a table can be read.
 *
 * <p>Delta refuses time travel beyond {@code deletedFileRetentionDuration}, vacuumed or not, and
 * needs the log at least as long.
 */
public record Retention(Duration batches) {
  public Retention {
    if (batches.isNegative() || batches.isZero()) {
      throw new IllegalArgumentException("Batches must be kept for some time, was " + batches);
    }
  }

  /** The properties of every table. */
  public Map<String, String> properties() {
    String interval = "interval %d seconds".formatted(batches.toSeconds());
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("delta.logRetentionDuration", interval);
    properties.put("delta.deletedFileRetentionDuration", interval);
    properties.put("delta.enableInCommitTimestamps", "true");
    properties.put("delta.enableDeletionVectors", "true");
    return properties;
  }
}
