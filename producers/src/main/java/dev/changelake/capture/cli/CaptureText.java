package dev.changelake.capture.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.changelake.capture.run.CaptureResult;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.Failure;

/** A capture's result, for machines and for people. */
final class CaptureText {
  private static final ObjectWriter WRITER = new JsonMapper().writerWithDefaultPrettyPrinter();

  private CaptureText() {}

  static String json(CaptureResult result) {
    return write(result);
  }

  /** The result of a capture that failed. */
  static String json(ChangelakeException failure) {
    return write(new CaptureResult.Failed(Failure.of(failure)));
  }

  private static String write(Object result) {
    try {
      return WRITER.writeValueAsString(result) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A record of numbers and text can be written", e);
    }
  }

  static String plain(CaptureResult result) {
    StringBuilder text =
        new StringBuilder(
            switch (result.status()) {
              case CAUGHT_UP -> "all that was committed before the start is published\n";
              case STOPPED -> "stopped; all that was read is published\n";
            });
    result
        .topics()
        .forEach(topic -> text.append(topic.topic() + ": " + topic.records() + " records\n"));
    if (result.removedRows() > 0) {
      text.append(
          "%d of them are tombstones of rows that the database no longer has\n"
              .formatted(result.removedRows()));
    }
    return text.toString();
  }
}
