package dev.changelake.compact.plan;

import java.util.List;
import java.util.Optional;

/**
 * What an operator accepts of one topic.
 *
 * @param command the command that would say more, for messages
 */
record Allowed(String topic, String command, Optional<Acceptance> acceptance) {
  boolean newTopicId() {
    return acceptance.filter(allowed -> allowed.newTopicIds().contains(topic)).isPresent();
  }

  boolean morePartitions() {
    return acceptance.filter(allowed -> allowed.morePartitions().contains(topic)).isPresent();
  }

  void requireLost(List<OffsetRange> gone) {
    List<OffsetRange> accepted =
        acceptance.map(allowed -> allowed.lost().getOrDefault(topic, List.of())).orElse(List.of());
    if (!accepted.containsAll(gone)) {
      throw PlanErrors.expiredBeforePlan(topic, gone, command);
    }
  }
}
