package dev.changelake.produce.run;

import dev.changelake.produce.publish.TopicTally;
import java.util.List;
import java.util.Objects;

/**
 * What a run has written, or would have, as its JSON tells it.
 *
 * @param schemaVersion grows when the form of the JSON changes
 */
public record RunResult(
    int schemaVersion,
    String command,
    Status status,
    String date,
    long seed,
    int rows,
    List<TopicTally> topics,
    List<WrittenFile> files) {
  public static final int SCHEMA_VERSION = 2;

  public RunResult {
    Objects.requireNonNull(command, "command");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(date, "date");
    topics = List.copyOf(topics);
    files = List.copyOf(files);
  }

  static RunResult of(Request request, List<TopicTally> topics, List<WrittenFile> files) {
    return new RunResult(
        SCHEMA_VERSION,
        request.task().command(),
        status(request, topics),
        request.date().toString(),
        request.seed(),
        request.rows(),
        topics,
        files);
  }

  /** A database that has all changes already gets none. */
  private static Status status(Request request, List<TopicTally> topics) {
    if (request.dryRun()) {
      return Status.DRY_RUN;
    }
    return topics.isEmpty() ? Status.UNCHANGED : Status.WRITTEN;
  }

  /** The result of a run that found all of it written before. */
  static RunResult unchanged(Request request) {
    return new RunResult(
        SCHEMA_VERSION,
        request.task().command(),
        Status.UNCHANGED,
        request.date().toString(),
        request.seed(),
        request.rows(),
        List.of(),
        List.of());
  }

  /** What a run did. */
  public enum Status {
    WRITTEN,
    /** An earlier run had written all of it; nothing was done. */
    UNCHANGED,
    /** Nothing was written; the result tells what would have been. */
    DRY_RUN
  }

  /** A file in the lake's bucket. */
  public record WrittenFile(String path, long bytes) {
    public WrittenFile {
      Objects.requireNonNull(path, "path");
    }
  }
}
