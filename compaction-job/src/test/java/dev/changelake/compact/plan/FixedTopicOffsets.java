package dev.changelake.compact.plan;

import dev.changelake.compact.plan.TopicState.PartitionState;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A cluster that stands as it was told to. */
final class FixedTopicOffsets implements TopicOffsets {
  private final Map<String, TopicState> states = new HashMap<>();
  private final Set<String> asked = new TreeSet<>();

  /** Puts a topic there, or in another state. */
  FixedTopicOffsets with(String topic, String id, PartitionState... partitions) {
    states.put(topic, new TopicState(topic, id, Arrays.asList(partitions)));
    return this;
  }

  FixedTopicOffsets without(String topic) {
    states.remove(topic);
    return this;
  }

  /** All topics that were asked for since the last look. */
  Set<String> asked() {
    Set<String> names = new TreeSet<>(asked);
    asked.clear();
    return names;
  }

  @Override
  public Map<String, TopicState> read(Collection<String> topics) {
    asked.addAll(topics);
    Map<String, TopicState> found = new HashMap<>(states);
    found.keySet().retainAll(topics);
    return found;
  }
}
