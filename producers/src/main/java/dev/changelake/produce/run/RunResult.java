package dev.changelake.produce.run;

import dev.changelake.produce.publish.TopicTally;
import java.util.List;
import java.util.Objects;

/**
 * What a run has written, or would have, as its JSON tells it.
 *
 * @param schemaVersion grows when the form of the JSON changes
 * @param dryRun whether nothing was written
 */
public record RunResult(
    int schemaVersion,
    String command,
    boolean dryRun,
    String date,
    long seed,
    int rows,
    List<TopicTally> topics,
    List<WrittenFile> files) {
  public static final int SCHEMA_VERSION = 2;

  public RunResult {
    Objects.requireNonNull(command, "command");
    Objects.requireNonNull(date, "date");
    topics = List.copyOf(topics);
    files = List.copyOf(files);
  }

  static RunResult of(Request request, List<TopicTally> topics, List<WrittenFile> files) {
    return new RunResult(
        SCHEMA_VERSION,
        request.task().command(),
        request.dryRun(),
        request.date().toString(),
        request.seed(),
        request.rows(),
        topics,
        files);
  }

  /** A file in the lake's bucket. */
  public record WrittenFile(String path, long bytes) {
    public WrittenFile {
      Objects.requireNonNull(path, "path");
    }
  }
}
