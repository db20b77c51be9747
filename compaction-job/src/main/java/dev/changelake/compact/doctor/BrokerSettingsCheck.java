package dev.changelake.compact.doctor;

import static dev.changelake.compact.doctor.HazardKind.info;

import java.util.ArrayList;
import java.util.List;

/** Settings that make no table wrong by themselves. */
final class BrokerSettingsCheck implements Check {
  private static final HazardKind SINGLE =
      info(
          "single_copy",
          "A broker that loses its disk loses records that no batch has.",
          "In production use three replicas and min.insync.replicas=2.");
  private static final HazardKind PRODUCER_TIME =
      info(
          "producer_time",
          "Records expire by the clock of who wrote them: one that is slow makes them go early.",
          "Set message.timestamp.type=LogAppendTime, or keep records for much longer than needed.");

  @Override
  public List<HazardKind> kinds() {
    return List.of(SINGLE, PRODUCER_TIME);
  }

  @Override
  public List<Hazard> look(TopicSample sample) {
    List<Hazard> found = new ArrayList<>();
    sample
        .topic()
        .map(TopicSample.Topic::settings)
        .ifPresent(
            settings -> {
              if (settings.replicas() == 1 || settings.minInSyncReplicas() == 1) {
                found.add(
                    SINGLE.of(
                        sample,
                        "replication factor %d, min.insync.replicas %d"
                            .formatted(settings.replicas(), settings.minInSyncReplicas()),
                        List.of("min.insync.replicas")));
              }
              if (settings.deletes()
                  && settings.retention().isPresent()
                  && !settings.brokerTime()) {
                found.add(
                    PRODUCER_TIME.of(
                        sample,
                        "message.timestamp.type is CreateTime",
                        List.of("message.timestamp.type")));
              }
            });
    return found;
  }
}
