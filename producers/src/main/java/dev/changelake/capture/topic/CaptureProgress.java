package dev.changelake.capture.topic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How far a capture has come, as its topic of offsets tells.
 *
 * @param phase what was begun; empty when these topics were never captured into
 * @param positionKey the record in which Debezium keeps its position
 * @param streams whether Debezium's position is one in the log, after a whole snapshot
 */
public record CaptureProgress(
    Optional<CapturePhase> phase, Optional<byte[]> positionKey, boolean streams) {
  private static final JsonMapper MAPPER = new JsonMapper();

  public CaptureProgress {
    Objects.requireNonNull(phase, "phase");
    Objects.requireNonNull(positionKey, "positionKey");
  }

  /**
   * Reads the newest record of each key.
   *
   * @param records keys and values as text
   * @param phaseKey the key of Changelake's own record; all others are Debezium's
   */
  static CaptureProgress of(Map<String, String> records, String phaseKey) throws IOException {
    Optional<byte[]> position = Optional.empty();
    boolean streams = false;
    for (Map.Entry<String, String> record : records.entrySet()) {
      if (!record.getKey().equals(phaseKey)) {
        position = Optional.of(record.getKey().getBytes(StandardCharsets.UTF_8));
        streams = isInLog(MAPPER.readTree(record.getValue()));
      }
    }
    Optional<CapturePhase> phase =
        records.containsKey(phaseKey)
            ? Optional.of(
                CapturePhase.fromCode(
                    MAPPER.readTree(records.get(phaseKey)).path("phase").asText()))
            : Optional.empty();
    return new CaptureProgress(phase, position, streams);
  }

  /** While a snapshot is taken its kind stands in the position. */
  private static boolean isInLog(JsonNode position) {
    JsonNode snapshot = position.path("snapshot");
    return snapshot.isMissingNode() || snapshot.isNull() || snapshot.asText().equals("false");
  }
}
