package dev.changelake.compact.doctor;

import static dev.changelake.compact.doctor.HazardKind.info;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the operations tell of the connector's settings. */
final class OperationsCheck implements Check {
  private static final HazardKind MESSAGES =
      info(
          "messages",
          "Messages of the source's log (op m) say nothing of a row; they land and change nothing.",
          "Nothing.");
  private static final HazardKind NO_TOMBSTONES =
      info(
          "no_tombstones",
          "Tables need none; a compacted topic would keep the deletes for ever.",
          "Nothing, or tombstones.on.delete=true.");

  @Override
  public List<HazardKind> kinds() {
    return List.of(MESSAGES, NO_TOMBSTONES);
  }

  @Override
  public List<Hazard> look(TopicSample sample) {
    List<Hazard> found = new ArrayList<>();
    MESSAGES
        .in(sample, sample.records(record -> record.hasOp("m")), "are messages")
        .ifPresent(found::add);
    if (sample.records(record -> record.value().isEmpty()).isEmpty()) {
      NO_TOMBSTONES
          .in(sample, followedDeletes(sample), "are deletes that no tombstone follows")
          .ifPresent(found::add);
    }
    return found;
  }

  /** Deletes whose next record was read too. */
  private static List<SampledRecord> followedDeletes(TopicSample sample) {
    Map<String, SampledRecord> byPosition = new HashMap<>();
    sample.records().forEach(record -> byPosition.put(record.position(), record));
    return sample.records(
        record ->
            record.hasOp("d")
                && byPosition.containsKey(record.partition() + ":" + (record.offset() + 1)));
  }
}
