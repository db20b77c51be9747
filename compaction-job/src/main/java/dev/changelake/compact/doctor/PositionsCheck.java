package dev.changelake.compact.doctor;

import static dev.changelake.compact.doctor.HazardKind.info;
import static dev.changelake.compact.doctor.HazardKind.warning;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Whether positions in the source's log rise, and clocks agree. */
final class PositionsCheck implements Check {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final Duration TOLERANCE = Duration.ofMinutes(1);

  private static final HazardKind FALLS_BACK =
      warning(
          "lsn_falls_back",
          "After a restart the connector said events again, which changes nothing. After a failover or a"
              + " restore new events can have lower positions than old ones: the batch stops, and its error"
              + " names the record.",
          "After a restart: nothing. If the source was failed over or restored, begin new topics with a"
              + " snapshot, or take the record into the plan with --accept-lsn-restart.");
  private static final HazardKind NO_LSN =
      warning(
          "missing_lsn",
          "A record without a position cannot be told from its replay, which then reverts newer changes.",
          "Let Debezium's PostgreSQL connector write the topic, and keep source.lsn.");
  private static final HazardKind INCREMENTAL =
      info(
          "incremental_snapshot",
          "Rows of an incremental snapshot have no position; their place in the topic is right.",
          "Nothing.");
  private static final HazardKind FUTURE =
      warning(
          "future_commits",
          "The source's clock, or that of Kafka or of this machine, is wrong; times of changes are told"
              + " by it.",
          "Let all of them ask the same time servers.");

  @Override
  public List<HazardKind> kinds() {
    return List.of(FALLS_BACK, NO_LSN, INCREMENTAL, FUTURE);
  }

  @Override
  public List<Hazard> look(TopicSample sample) {
    List<SampledRecord> unplaced =
        sample.changes().stream().filter(record -> record.decoded().lsn() == null).toList();
    return Stream.of(
            FALLS_BACK.in(sample, fallsBack(sample), "stand lower in the log than one before them"),
            NO_LSN.in(
                sample,
                unplaced.stream().filter(record -> !isIncremental(record)).toList(),
                "have no lsn"),
            INCREMENTAL.in(
                sample,
                unplaced.stream().filter(PositionsCheck::isIncremental).toList(),
                "are rows of an incremental snapshot"),
            FUTURE.in(
                sample,
                sample.records(record -> isOfTheFuture(sample, record)),
                "were committed later than they came"))
        .flatMap(Optional::stream)
        .toList();
  }

  private static boolean isIncremental(SampledRecord record) {
    return record.snapshot().equals("incremental");
  }

  /** Records that begin a stretch of lower positions, each partition by itself. */
  private static List<SampledRecord> fallsBack(TopicSample sample) {
    Map<Integer, Long> newest = new HashMap<>();
    List<SampledRecord> found = new ArrayList<>();
    for (SampledRecord record : sample.changes()) {
      OptionalLong position = position(record);
      if (position.isPresent()) {
        Long before = newest.put(record.partition(), position.getAsLong());
        if (before != null && position.getAsLong() < before) {
          found.add(record);
        }
      }
    }
    return found;
  }

  /**
   * The commit before this record's, where the source tells it: it only rises, while lsns of
   * transactions that ran side by side need not. Else the lsn.
   */
  private static OptionalLong position(SampledRecord record) {
    JsonNode sequence = record.source().path("sequence");
    if (!sequence.isTextual()) {
      Long lsn = record.decoded().lsn();
      return lsn == null ? OptionalLong.empty() : OptionalLong.of(lsn);
    }
    try {
      String commit = MAPPER.readTree(sequence.textValue()).path(0).asText();
      return commit.matches("\\d{1,18}")
          ? OptionalLong.of(Long.parseLong(commit))
          : OptionalLong.empty();
    } catch (JsonProcessingException e) {
      return OptionalLong.empty();
    }
  }

  private static boolean isOfTheFuture(TopicSample sample, SampledRecord record) {
    Long committed = record.decoded().sourceTsMs();
    boolean brokerTime = sample.topic().map(topic -> topic.settings().brokerTime()).orElse(false);
    Instant came = brokerTime ? record.timestamp() : sample.now();
    return committed != null && Instant.ofEpochMilli(committed).isAfter(came.plus(TOLERANCE));
  }
}
