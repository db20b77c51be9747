package dev.changelake.compact.doctor;

import static dev.changelake.compact.doctor.HazardKind.error;
import static dev.changelake.compact.doctor.HazardKind.warning;

import com.fasterxml.jackson.databind.JsonNode;
import dev.changelake.compact.plan.TopicPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What several partitions do to the order of changes. */
final class PartitionsCheck implements Check {
  private static final HazardKind ADDED =
      error(
          "partitions_added",
          "The next batch stops: keys may have moved, and between partitions offsets tell no order.",
          "If the records carry an lsn, compact with --accept-partitions. Add no partitions to a topic"
              + " of changes.");
  private static final HazardKind MOVED =
      warning(
          "moved_keys",
          "Between partitions offsets tell no order: for these keys the lsn alone decides.",
          "Keep the number of partitions, the producer's partitioner and the form of the keys"
              + " (schemas.enable of the key's converter).");
  private static final HazardKind KEYLESS =
      warning(
          "keyless_in_partitions",
          "Records without a key go to any partition: nothing orders them.",
          "Give the table a primary key, or set message.key.columns; until then use one partition.");
  private static final HazardKind TRUNCATES =
      warning(
          "truncates_in_partitions",
          "A truncate stands in one partition, the rows that it deletes in all of them: the lsn alone tells"
              + " which came before it, and where it does not, the batch stops.",
          "Keep source.lsn, or use one partition for a table that is truncated.");

  @Override
  public List<HazardKind> kinds() {
    return List.of(ADDED, MOVED, KEYLESS, TRUNCATES);
  }

  @Override
  public List<Hazard> look(TopicSample sample) {
    List<Hazard> found = new ArrayList<>();
    int now = sample.partitions().size();
    int before = sample.landed().map(TopicPlan::partitions).map(List::size).orElse(now);
    if (now > before) {
      found.add(ADDED.of(sample, "it had %d partitions and has %d".formatted(before, now)));
    }
    if (now > 1) {
      MOVED
          .in(sample, moved(sample), "have a key that another partition has too")
          .ifPresent(found::add);
      KEYLESS
          .in(
              sample,
              sample.records(
                  record -> record.key().isEmpty() && !record.hasOp("m") && !record.hasOp("t")),
              "have no key, and there are %d partitions".formatted(now))
          .ifPresent(found::add);
      TRUNCATES
          .in(
              sample,
              sample.records(record -> record.hasOp("t")),
              "are truncates, and there are %d partitions".formatted(now))
          .ifPresent(found::add);
    }
    return found;
  }

  private static List<SampledRecord> moved(TopicSample sample) {
    Map<JsonNode, Integer> partitions = new HashMap<>();
    return sample.records(
        record ->
            record.keyPayload().isObject()
                && partitions.computeIfAbsent(record.keyPayload(), key -> record.partition())
                    != record.partition());
  }
}
