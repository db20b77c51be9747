package dev.changelake.compact.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.changelake.compact.doctor.SampledRecord.Part;
import dev.changelake.contract.TableContract;
import dev.changelake.envelope.EnvelopeDecoder;
import dev.changelake.envelope.WireMessage;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reads the records of one topic's sample. */
final class RecordReader {
  private final EnvelopeDecoder decoder;

  /** Each schema once: it is larger than a row, and every record repeats it. */
  private final Map<JsonNode, JsonNode> schemas = new HashMap<>();

  RecordReader(TableContract contract) {
    this.decoder = new EnvelopeDecoder(contract);
  }

  SampledRecord read(int partition, long offset, Instant timestamp, byte[] key, byte[] value) {
    return new SampledRecord(
        partition, offset, timestamp, part(key), part(value), decoder.decode(key, value));
  }

  private Optional<Part> part(byte[] bytes) {
    if (bytes == null) {
      return Optional.empty();
    }
    try {
      WireMessage message = WireMessage.parse(bytes);
      JsonNode schema = message.schema().node();
      return Optional.of(
          new Part(message.payload(), schemas.computeIfAbsent(schema, first -> first)));
    } catch (IOException | NumberFormatException e) {
      return Optional.of(Part.UNREADABLE);
    }
  }
}
