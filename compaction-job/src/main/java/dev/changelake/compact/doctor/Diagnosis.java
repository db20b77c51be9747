package dev.changelake.compact.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.changelake.compact.store.SealedJson;
import dev.changelake.error.Failure;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What the doctor tells: versioned JSON, or text for people.
 *
 * @param lastBatch the batch from which it is told what was landed; absent if there is none
 * @param topics what was looked at
 * @param hazards what was found, the worst first
 * @param failure why the command fails: what was found, or why nothing could be looked at
 */
public record Diagnosis(
    int schemaVersion,
    Optional<String> lastBatch,
    List<Looked> topics,
    List<Hazard> hazards,
    Optional<Failure> failure,
    Instant startedAt) {
  public static final int SCHEMA_VERSION = 1;

  public Diagnosis {
    topics = List.copyOf(topics);
    hazards =
        hazards.stream()
            .sorted(
                Comparator.comparing((Hazard hazard) -> hazard.kind().severity())
                    .thenComparing(hazard -> hazard.kind().code())
                    .thenComparing(Hazard::table))
            .toList();
  }

  /**
   * A topic that was looked at.
   *
   * @param offsets how many offsets it has, and so records at most
   * @param sampled how many of them were read
   */
  public record Looked(String table, String topic, int partitions, long offsets, int sampled) {
    static Looked of(TopicSample sample) {
      return new Looked(
          sample.contract().table(),
          sample.contract().topic(),
          sample.partitions().size(),
          sample.partitions().stream()
              .mapToLong(state -> state.highWatermark() - state.earliest())
              .sum(),
          sample.records().size());
    }
  }

  /** How many hazards of that severity were found. */
  public long count(Severity severity) {
    return hazards.stream().filter(hazard -> hazard.kind().severity() == severity).count();
  }

  /** All of it as JSON text. */
  public String json() {
    try {
      return SealedJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A diagnosis of records can be written", e);
    }
  }

  /** The same, of a command that fails. */
  public Diagnosis failing(Failure why) {
    return new Diagnosis(schemaVersion, lastBatch, topics, hazards, Optional.of(why), startedAt);
  }

  /** Of a command that could look at nothing. */
  public static Diagnosis failed(Failure why, Instant startedAt) {
    return new Diagnosis(
        SCHEMA_VERSION, Optional.empty(), List.of(), List.of(), Optional.of(why), startedAt);
  }
}
