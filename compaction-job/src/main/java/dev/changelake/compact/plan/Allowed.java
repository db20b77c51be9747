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

  private boolean fromEarliest() {
    return acceptance
        .filter(allowed -> allowed.adoption().fromEarliest().contains(topic))
        .isPresent();
  }

  /**
   * Requires that what has expired is given up.
   *
   * @param known how many partitions were read before: of the others an operator may leave out all
   *     that has expired
   */
  void requireLost(List<OffsetRange> gone, int known) {
    List<OffsetRange> accepted =
        acceptance.map(allowed -> allowed.lost().getOrDefault(topic, List.of())).orElse(List.of());
    List<OffsetRange> undecided =
        gone.stream().filter(range -> range.partition() < known || !fromEarliest()).toList();
    if (!accepted.containsAll(undecided)) {
      boolean unread = undecided.stream().allMatch(range -> range.partition() >= known);
      throw PlanErrors.expiredBeforePlan(topic, undecided, unread, command);
    }
  }
}
