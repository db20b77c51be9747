package dev.changelake.compact.doctor;

import static dev.changelake.compact.doctor.HazardKind.info;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Topics beside the tables' that the same connector writes. */
final class NeighbourTopicsCheck implements Check {
  private static final HazardKind TRANSACTIONS =
      info(
          "transaction_topic",
          "The connector writes where transactions end; batches read it if they are to end between them.",
          "Nothing, or lake.align=transactions, so that no batch tears a transaction.");
  private static final HazardKind HEARTBEATS =
      info(
          "heartbeat_topic",
          "The connector shows that it is alive while nothing changes; batches do not read it.",
          "Nothing.");

  @Override
  public List<HazardKind> kinds() {
    return List.of(TRANSACTIONS, HEARTBEATS);
  }

  @Override
  public List<Hazard> look(TopicSample sample) {
    List<Hazard> found = new ArrayList<>();
    Set<String> topics = sample.topic().map(TopicSample.Topic::neighbours).orElse(Set.of());
    for (String prefix : SourceCheck.texts(sample.changes(), "name")) {
      tell(sample, topics, TRANSACTIONS, prefix + ".transaction", found);
      tell(sample, topics, HEARTBEATS, "__debezium-heartbeat." + prefix, found);
    }
    return found;
  }

  private static void tell(
      TopicSample sample, Set<String> topics, HazardKind kind, String name, List<Hazard> found) {
    if (topics.contains(name)) {
      found.add(kind.of(sample, "there is " + name));
    }
  }
}
