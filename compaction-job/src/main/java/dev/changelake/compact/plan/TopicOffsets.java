package dev.changelake.compact.plan;

import java.util.Collection;
import java.util.Map;

/** Asks Kafka where topics stand. */
public interface TopicOffsets {
  /** The state of each of the topics that exists, by its name. */
  Map<String, TopicState> read(Collection<String> topics);
}
