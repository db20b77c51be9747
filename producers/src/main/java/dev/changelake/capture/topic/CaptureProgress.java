package dev.changelake.capture.topic;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * How far a capture has come, as its topic of offsets tells.
 *
 * @param begun what was begun; empty when these topics were never captured into
 * @param positionKey the record in which Debezium keeps its position
 * @param position where in the log Debezium goes on; empty until a snapshot is whole
 */
public record CaptureProgress(
    Optional<Begun> begun, Optional<byte[]> positionKey, OptionalLong position) {
  public CaptureProgress {
    Objects.requireNonNull(begun, "begun");
    Objects.requireNonNull(positionKey, "positionKey");
    Objects.requireNonNull(position, "position");
  }

  /** The place in the log of one of Debezium's positions; none while a snapshot is taken. */
  static OptionalLong place(JsonNode position) {
    JsonNode snapshot = position.path("snapshot");
    if (!snapshot.isMissingNode() && !snapshot.isNull() && !snapshot.asText().equals("false")) {
      return OptionalLong.empty();
    }
    return Stream.of("lsn", "lsn_proc", "lsn_commit")
        .map(position::path)
        .filter(JsonNode::isIntegralNumber)
        .flatMapToLong(lsn -> LongStream.of(lsn.longValue()))
        .max();
  }
}
