package dev.changelake.compact.plan;

import dev.changelake.compact.plan.TopicState.PartitionState;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** A cluster that stands as it was told to. */
final class FixedTopicOffsets implements TopicOffsets {
  private final Map<String, TopicState> states = new HashMap<>();

  /** Puts a topic there, or in another state. */
  FixedTopicOffsets with(String topic, String id, PartitionState... partitions) {
    states.put(topic, new TopicState(topic, id, Arrays.asList(partitions)));
    return this;
  }

  FixedTopicOffsets without(String topic) {
    states.remove(topic);
    return this;
  }

  @Override
  public Map<String, TopicState> read(Collection<String> topics) {
    Map<String, TopicState> found = new HashMap<>(states);
    found.keySet().retainAll(topics);
    return found;
  }
}
