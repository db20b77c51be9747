package dev.changelake.compact.delta;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How long a batch can be read: VACUUM leaves files for so long after they went out of use, so that
 * every version that a younger batch names has its files.
 *
 * <p>The log is never shortened. Delta does that by the age of commits, and a table that changes
 * seldom would lose the commits from which its younger versions follow.
 */
public record Retention(Duration batches) {
  public Retention {
    if (batches.isNegative() || batches.isZero()) {
      throw new IllegalArgumentException("Batches must be kept for some time, was " + batches);
    }
  }

  /** The retention in days. */
  public long days() {
    return batches.toDays();
  }

  /** Whether what was finished then can be read now. */
  public boolean covers(Instant finished, Instant now) {
    return !finished.plus(batches).isBefore(now);
  }

  /** The properties of every table. */
  public Map<String, String> properties() {
    String interval = "interval %d seconds".formatted(batches.toSeconds());
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("delta.logRetentionDuration", interval);
    properties.put("delta.deletedFileRetentionDuration", interval);
    properties.put("delta.enableExpiredLogCleanup", "false");
    properties.put("delta.enableInCommitTimestamps", "true");
    return properties;
  }

  /** The properties of a change log: what happened does not change. */
  public Map<String, String> logProperties() {
    Map<String, String> properties = new LinkedHashMap<>(properties());
    properties.put("delta.appendOnly", "true");
    return properties;
  }
}
