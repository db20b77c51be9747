package dev.changelake.capture.run;

import dev.changelake.error.Failure;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a capture has done, as its JSON tells it.
 *
 * @param schemaVersion grows when the form of the JSON changes
 * @param startedWith {@code snapshot} or {@code log}
 * @param removedRows rows that the topics held and the snapshot did not: a tombstone each
 */
public record CaptureResult(
    int schemaVersion,
    String command,
    Status status,
    String startedWith,
    long removedRows,
    List<TopicRecords> topics) {
  static final int SCHEMA_VERSION = 1;
  static final String COMMAND = "capture";

  public CaptureResult {
    Objects.requireNonNull(command, "command");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(startedWith, "startedWith");
    topics = List.copyOf(topics);
  }

  static CaptureResult of(
      Status status, String startedWith, long removedRows, Map<String, Long> records) {
    return new CaptureResult(
        SCHEMA_VERSION,
        COMMAND,
        status,
        startedWith,
        removedRows,
        records.entrySet().stream()
            .map(topic -> new TopicRecords(topic.getKey(), topic.getValue()))
            .toList());
  }

  /** How a capture ended. */
  public enum Status {
    /** All that was committed before the command was started is published. */
    CAUGHT_UP,
    /** It was asked to stop; all that it has read is published. */
    STOPPED
  }

  /** How many records a topic got, tombstones among them. */
  public record TopicRecords(String topic, long records) {
    public TopicRecords {
      Objects.requireNonNull(topic, "topic");
    }
  }

  /** The result of a capture that failed. */
  public record Failed(int schemaVersion, String command, Failure failure) {
    public Failed(Failure failure) {
      this(SCHEMA_VERSION, COMMAND, failure);
    }
  }
}
