package dev.changelake.compact.doctor;

import static dev.changelake.compact.doctor.HazardKind.error;
import static dev.changelake.compact.doctor.HazardKind.warning;

import dev.changelake.compact.plan.OffsetRange;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a cleaner takes out of a topic, and offsets that hold no record. */
final class CleanupCheck implements Check {
  private static final int SHOWN = 5;

  private static final HazardKind COMPACTED =
      warning(
          "compacted_topic",
          "The broker removes all but the newest record of a key: changes between two batches are"
              + " missing in the change log, deletes lose the record before their tombstone and later the"
              + " tombstone, and a batch stops at offsets that are missing.",
          "Set cleanup.policy=delete for topics of changes.");
  private static final HazardKind HOLES =
      error(
          "offset_holes",
          "A batch does not guess what these offsets held, and stops. They were compacted away, or are"
              + " markers or aborted records of a transactional producer.",
          "If they held no record that counts, revise the batch with --accept-holes. Set"
              + " cleanup.policy=delete, and let the connector write without transactions.");

  @Override
  public List<HazardKind> kinds() {
    return List.of(COMPACTED, HOLES);
  }

  @Override
  public List<Hazard> look(TopicSample sample) {
    List<Hazard> found = new ArrayList<>();
    sample
        .topic()
        .map(TopicSample.Topic::settings)
        .filter(TopicSettings::compacts)
        .ifPresent(
            settings ->
                found.add(
                    COMPACTED.of(
                        sample,
                        settings.deletes()
                            ? "it is compacted, and records are deleted by age too"
                            : "it is compacted",
                        List.of("cleanup.policy"))));
    List<OffsetRange> holes = holes(sample);
    if (!holes.isEmpty()) {
      found.add(
          HOLES.of(
              sample,
              "%d offsets that no batch has hold no record: %s"
                  .formatted(
                      holes.stream().mapToLong(OffsetRange::length).sum(),
                      holes.stream()
                              .limit(SHOWN)
                              .map(OffsetRange::toString)
                              .collect(Collectors.joining(", "))
                          + (holes.size() > SHOWN ? ", ..." : ""))));
    }
    return found;
  }

  /** Offsets of the ranges that lie before a record of the range, and are none themselves. */
  private static List<OffsetRange> holes(TopicSample sample) {
    List<OffsetRange> holes = new ArrayList<>();
    for (OffsetRange range : sample.read()) {
      long next = Math.max(range.start(), sample.firstNotLanded(range.partition()));
      for (SampledRecord record : sample.records()) {
        if (record.partition() == range.partition()
            && record.offset() >= next
            && record.offset() < range.end()) {
          if (record.offset() > next) {
            holes.add(new OffsetRange(range.partition(), next, record.offset()));
          }
          next = record.offset() + 1;
        }
      }
    }
    return holes;
  }
}
