package dev.changelake.compact.doctor;

import static dev.changelake.compact.doctor.HazardKind.info;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether a snapshot may still be running. */
final class SnapshotCheck implements Check {
  private static final Set<String> ENDS = Set.of("last", "last_in_data_collection");

  private static final HazardKind OPEN =
      info(
          "snapshot_open",
          "Until a snapshot is over, rows that it has not reached are missing. Its end stands in the last"
              + " table alone, or in each, as the connector has it.",
          "Compact when the connector's log says that the snapshot is completed.");

  @Override
  public List<HazardKind> kinds() {
    return List.of(OPEN);
  }

  @Override
  public List<Hazard> look(TopicSample sample) {
    List<SampledRecord> changes = sample.changes();
    Map<Integer, SampledRecord> newest = new HashMap<>();
    changes.forEach(record -> newest.put(record.partition(), record));
    boolean running =
        changes.stream().noneMatch(record -> ENDS.contains(record.snapshot()))
            && newest.values().stream().allMatch(SnapshotCheck::isOfInitialSnapshot);
    return running
        ? OPEN
            .in(
                sample,
                changes.stream().filter(SnapshotCheck::isOfInitialSnapshot).toList(),
                "are a snapshot's, come last, and its end is not among them")
            .stream()
            .toList()
        : List.of();
  }

  private static boolean isOfInitialSnapshot(SampledRecord record) {
    return record.isSnapshot() && !record.snapshot().equals("incremental");
  }
}
