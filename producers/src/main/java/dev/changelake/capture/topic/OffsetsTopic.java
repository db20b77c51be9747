package dev.changelake.capture.topic;

import com.fasterxml.jackson.core.JsonProcessingException;
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
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The topic in which Debezium keeps its position, as Kafka Connect does, and Changelake what it has
 * begun.
 */
public final class OffsetsTopic {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final String name;
  private final String phaseKey;

  /**
   * The topic of a capture.
   *
   * @param name the topic's name
   * @param prefix Debezium's {@code topic.prefix}
   */
  public OffsetsTopic(String name, String prefix) {
    this.name = name;
    this.phaseKey = json(List.of("changelake", Map.of("capture", prefix)));
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
          String key = new String(record.key(), StandardCharsets.UTF_8);
          if (record.value() == null) {
            newest.remove(key);
          } else {
            newest.put(key, new String(record.value(), StandardCharsets.UTF_8));
          }
        });
    try {
      return CaptureProgress.of(newest, phaseKey);
    } catch (IOException | IllegalArgumentException e) {
      throw new ChangelakeException(
              ErrorCategory.DATA,
              "The topic %s holds something else than a capture's positions.".formatted(name),
              "One of its records is not read: " + e.getMessage(),
              "Name another topic as debezium.offset.storage.topic.")
          .causedBy(e);
    }
  }

  /** Writes what is begun, and returns when it is safe. */
  public void write(CapturePhase phase, Producer<byte[], byte[]> producer) {
    send(phaseKey.getBytes(StandardCharsets.UTF_8), json(Map.of("phase", phase.code())), producer);
  }

  /** Forgets Debezium's position. */
  public void forgetPosition(CaptureProgress progress, Producer<byte[], byte[]> producer) {
    progress.positionKey().ifPresent(key -> send(key, null, producer));
  }

  private void send(byte[] key, String value, Producer<byte[], byte[]> producer) {
    AckedSends sends = new AckedSends(producer);
    sends.send(
        new ProducerRecord<>(
            name,
            key,
            Optional.ofNullable(value)
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .orElse(null)));
    sends.await();
  }

  private static String json(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Text can be written", e);
    }
  }
}
