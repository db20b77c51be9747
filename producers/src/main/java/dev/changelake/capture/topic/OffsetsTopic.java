package dev.changelake.capture.topic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import dev.changelake.kafka.AckedSends;
import dev.changelake.kafka.TopicContent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The topic in which Debezium keeps its position, as Kafka Connect does, and Changelake what it has
 * begun. Each key is an array of an engine's name and what is meant; those of other engines are not
 * looked at.
 */
public final class OffsetsTopic {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final String name;
  private final String engine;
  private final String begunKey;

  /**
   * The topic of a capture.
   *
   * @param name the topic's name
   * @param engine the name of Debezium's engine
   */
  public OffsetsTopic(String name, String engine) {
    this.name = name;
    this.engine = engine;
    this.begunKey = json(List.of("changelake", Map.of("capture", engine)));
  }

  public String name() {
    return name;
  }

  /** Reads how far the capture has come. */
  public CaptureProgress read(TopicContent content) {
    Map<String, String> newest = new LinkedHashMap<>();
    content.read(
        List.of(name),
        record -> {
          String key = record.key() == null ? "" : text(record.key());
          if (record.value() == null) {
            newest.remove(key);
          } else {
            newest.put(key, text(record.value()));
          }
        });
    return progress(newest);
  }

  CaptureProgress progress(Map<String, String> newest) {
    try {
      Optional<Begun> begun = Optional.empty();
      Optional<byte[]> positionKey = Optional.empty();
      OptionalLong position = OptionalLong.empty();
      for (Map.Entry<String, String> record : newest.entrySet()) {
        if (record.getKey().equals(begunKey)) {
          begun = Optional.of(MAPPER.readValue(record.getValue(), Begun.class));
        } else if (isPosition(record.getKey())) {
          positionKey = Optional.of(record.getKey().getBytes(StandardCharsets.UTF_8));
          position = CaptureProgress.place(MAPPER.readTree(record.getValue()));
        }
      }
      return new CaptureProgress(begun, positionKey, position);
    } catch (IOException | IllegalArgumentException | NullPointerException e) {
      throw new ChangelakeException(
              ErrorCategory.DATA,
              "The topic %s holds something else than a capture's positions.".formatted(name),
              "One of its records is not read: " + e.getMessage(),
              "Name another topic as debezium.offset.storage.topic.")
          .causedBy(e);
    }
  }

  private boolean isPosition(String key) throws IOException {
    JsonNode parts = MAPPER.readTree(key);
    return parts.isArray() && parts.size() == 2 && engine.equals(parts.get(0).textValue());
  }

  /** Writes what is begun, and returns when it is safe. */
  public void write(Begun begun, Producer<byte[], byte[]> producer) {
    send(
        begunKey.getBytes(StandardCharsets.UTF_8),
        json(begun).getBytes(StandardCharsets.UTF_8),
        producer);
  }

  /** Forgets Debezium's position. */
  public void forgetPosition(CaptureProgress progress, Producer<byte[], byte[]> producer) {
    progress.positionKey().ifPresent(key -> send(key, null, producer));
  }

  private void send(byte[] key, byte[] value, Producer<byte[], byte[]> producer) {
    AckedSends sends = new AckedSends(producer);
    sends.send(new ProducerRecord<>(name, key, value));
    sends.await();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static String json(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Records of text can be written", e);
    }
  }
}
