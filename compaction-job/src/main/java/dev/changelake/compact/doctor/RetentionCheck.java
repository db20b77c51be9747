package dev.changelake.compact.doctor;

import static dev.changelake.compact.doctor.HazardKind.error;
import static dev.changelake.compact.doctor.HazardKind.info;
import static dev.changelake.compact.doctor.HazardKind.warning;

import dev.changelake.compact.plan.OffsetRange;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Whether Kafka keeps records until a batch has them. */
final class RetentionCheck implements Check {
  private static final Duration DAY = Duration.ofDays(1);

  /** The part of a record's life in Kafka after which its end is near. */
  private static final int NEAR = 4;

  private static final String LONGER =
      "Set retention.ms (and retention.bytes) of the topic to more than the longest time in which"
          + " nothing may be compacted; several days, or -1.";

  private static final HazardKind EXPIRED =
      error(
          "records_expired",
          "No batch has these offsets and Kafka no longer does: the next batch stops.",
          "Compact with --accept-lost if the loss is accepted, and keep records longer.");
  private static final HazardKind EXPIRING =
      error(
          "unlanded_expired",
          "Kafka may remove records at any moment that no batch has: they are lost then.",
          "Compact a batch now. " + LONGER);
  private static final HazardKind SOON =
      warning(
          "unlanded_expires_soon",
          "What Kafka removes before a batch has it is lost.",
          "Compact a batch in this time. " + LONGER);
  private static final HazardKind LATER =
      info("unlanded_expires", "What Kafka removes before a batch has it is lost.", LONGER);
  private static final HazardKind SHORT =
      warning(
          "retention_short",
          "Records go before a batch has them, once batches come as seldom as now, or fail for a day.",
          LONGER);
  private static final HazardKind BY_SIZE =
      warning(
          "retention_by_size",
          "How long records are kept depends on how much is written, and it is less than batches"
              + " need: a busy day loses records.",
          "Set retention.bytes of the topic to -1 or to several days' changes.");

  @Override
  public List<HazardKind> kinds() {
    return List.of(EXPIRED, EXPIRING, SOON, LATER, SHORT, BY_SIZE);
  }

  @Override
  public List<Hazard> look(TopicSample sample) {
    List<Hazard> found = new ArrayList<>();
    List<OffsetRange> gone = gone(sample);
    if (!gone.isEmpty()) {
      found.add(
          EXPIRED.of(
              sample,
              "the offsets %s are gone"
                  .formatted(
                      gone.stream().map(OffsetRange::toString).collect(Collectors.joining(", ")))));
    }
    if (sample.topic().map(topic -> topic.settings().deletes()).orElse(false)) {
      TopicSettings settings = sample.topic().get().settings();
      settings.retention().ifPresent(retention -> found.addAll(byAge(sample, retention)));
      if (settings.retentionBytes().isPresent()) {
        bySize(sample).ifPresent(found::add);
      }
    }
    return found;
  }

  private static List<OffsetRange> gone(TopicSample sample) {
    return IntStream.range(0, sample.partitions().size())
        .filter(i -> sample.partitions().get(i).earliest() > sample.firstNotLanded(i))
        .mapToObj(
            i ->
                new OffsetRange(i, sample.firstNotLanded(i), sample.partitions().get(i).earliest()))
        .toList();
  }

  private static List<Hazard> byAge(TopicSample sample, Duration retention) {
    List<Hazard> found = new ArrayList<>();
    if (retention.compareTo(needed(sample)) < 0) {
      found.add(
          SHORT.of(
              sample,
              "records are kept for %s, and should be for %s"
                  .formatted(text(retention), text(needed(sample))),
              List.of("retention.ms")));
    }
    sample.records().stream()
        .filter(record -> record.offset() >= sample.firstNotLanded(record.partition()))
        .min(Comparator.comparing(SampledRecord::timestamp))
        .ifPresent(oldest -> found.add(expiry(sample, retention, oldest)));
    return found;
  }

  private static Hazard expiry(TopicSample sample, Duration retention, SampledRecord oldest) {
    Duration left = Duration.between(sample.now(), oldest.timestamp().plus(retention));
    HazardKind kind =
        left.isNegative() ? EXPIRING : left.compareTo(retention.dividedBy(NEAR)) < 0 ? SOON : LATER;
    String seen =
        left.isNegative()
            ? "the oldest record that no batch has (%s) is older than retention.ms by %s"
                .formatted(oldest.position(), text(left.negated()))
            : "the oldest record that no batch has (%s) expires in %s"
                .formatted(oldest.position(), text(left));
    return kind.of(sample, seen, List.of("retention.ms"));
  }

  /** Size has removed something if anything is gone; what is left tells how fast that is. */
  private static Optional<Hazard> bySize(TopicSample sample) {
    boolean removed = sample.partitions().stream().anyMatch(state -> state.earliest() > 0);
    return sample.records().stream()
        .map(SampledRecord::timestamp)
        .min(Comparator.naturalOrder())
        .map(oldest -> Duration.between(oldest, sample.now()))
        .filter(kept -> removed && kept.compareTo(needed(sample)) < 0)
        .map(
            kept ->
                BY_SIZE.of(
                    sample,
                    "the oldest record is %s old, and should be kept for %s"
                        .formatted(text(kept), text(needed(sample))),
                    List.of("retention.bytes")));
  }

  /** As long as the last batch is ago, and a day at least. */
  private static Duration needed(TopicSample sample) {
    Instant since = sample.last().map(LastBatch::finishedAt).orElse(sample.now());
    Duration ago = Duration.between(since, sample.now());
    return ago.compareTo(DAY) < 0 ? DAY : ago;
  }

  /** Days, hours and minutes, as far as they matter. */
  private static String text(Duration duration) {
    Duration minutes = duration.truncatedTo(ChronoUnit.MINUTES);
    return minutes.toDays() > 1
        ? "%d days %d h".formatted(minutes.toDays(), minutes.toHoursPart())
        : "%d h %d min".formatted(minutes.toHours(), minutes.toMinutesPart());
  }
}
