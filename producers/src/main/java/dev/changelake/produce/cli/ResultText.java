package dev.changelake.produce.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.Failure;
import dev.changelake.produce.feed.Task;
import dev.changelake.produce.publish.TopicTally;
import dev.changelake.produce.run.RunResult;
import java.util.stream.Collectors;

/** A run's result, for machines and for people. */
final class ResultText {
  private static final ObjectWriter WRITER = new JsonMapper().writerWithDefaultPrettyPrinter();

  private ResultText() {}

  static String json(RunResult result) {
    return json((Object) result);
  }

  private static String json(Object result) {
    try {
      return WRITER.writeValueAsString(result) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A record of numbers and text can be written", e);
    }
  }

  /** The result of a run that failed. */
  static String json(Task task, ChangelakeException failure) {
    return json(new Failed(RunResult.SCHEMA_VERSION, task.command(), Failure.of(failure)));
  }

  private record Failed(int schemaVersion, String command, Failure failure) {}

  static String plain(RunResult result) {
    StringBuilder text = new StringBuilder(heading(result.status()));
    result.topics().forEach(topic -> text.append(line(topic)));
    result.files().forEach(file -> text.append(file.path() + ": " + file.bytes() + " bytes\n"));
    return text.toString();
  }

  private static String heading(RunResult.Status status) {
    return switch (status) {
      case WRITTEN -> "";
      case UNCHANGED -> "all of it was written before; nothing was done\n";
      case DRY_RUN -> "nothing was written; it would be:\n";
    };
  }

  private static String line(TopicTally topic) {
    return topic.operations().entrySet().stream()
        .map(operation -> operation.getKey() + " " + operation.getValue())
        .collect(
            Collectors.joining(", ", topic.topic() + ": " + topic.records() + " records (", ")\n"));
  }
}
