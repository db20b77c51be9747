package dev.changelake.compact.plan;

import java.util.List;
import java.util.Optional;

/** Finds an end for a batch that is not simply where its topics stand. */
public interface BatchEnd {
  /**
   * Moves the end of each topic's ranges back as far as it has to.
   *
   * @param topics all that came since the plan before
   */
  Cut of(List<TopicPlan> topics, Optional<Plan> previous);

  /** The topics up to that end, and how it was found. */
  record Cut(List<TopicPlan> topics, Alignment alignment) {
    public Cut {
      topics = List.copyOf(topics);
    }
  }
}
