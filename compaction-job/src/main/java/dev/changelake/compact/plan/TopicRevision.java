package dev.changelake.compact.plan;

import dev.changelake.compact.plan.TopicState.PartitionState;
import dev.changelake.error.ChangelakeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What an operator's decision makes of a topic's part of a frozen plan. */
record TopicRevision(long n, BatchId batch, Acceptance acceptance) {
  /**
   * The topic's part of the revision.
   *
   * @param state the topic as it is now; null if it is gone
   * @throws dev.changelake.error.ChangelakeException if the decision does not fit the plan
   */
  TopicPlan of(TopicPlan topic, TopicState state) {
    if (acceptance.newTopicIds().contains(topic.topic())) {
      return recreated(
          topic,
          state,
          new Allowed(topic.topic(), PlanErrors.revise(batch), Optional.of(acceptance)));
    }
    List<OffsetRange> lost = new ArrayList<>(topic.lost());
    List<PartitionPlan> partitions = new ArrayList<>(topic.partitions());
    for (OffsetRange gone : acceptance.lost().getOrDefault(topic.topic(), List.of())) {
      OffsetRange range = planned(partitions, gone).orElseThrow(notInPlan(topic, gone)).range();
      if (gone.start() != range.start() || gone.end() > range.end()) {
        throw PlanErrors.notInPlan(topic, gone);
      }
      PartitionPlan planned = partitions.get(gone.partition());
      lost.add(gone);
      partitions.set(
          gone.partition(),
          new PartitionPlan(
              new OffsetRange(gone.partition(), gone.end(), range.end()),
              planned.lastStableOffset(),
              planned.highWatermark()));
    }
    List<OffsetRange> holes = new ArrayList<>(topic.holes());
    for (OffsetRange hole : acceptance.holes().getOrDefault(topic.topic(), List.of())) {
      if (planned(partitions, hole).filter(all -> all.range().contains(hole)).isEmpty()) {
        throw PlanErrors.noHoleOfPlan(topic, hole);
      }
      holes.add(hole);
    }
    List<LsnRestart> restarts = new ArrayList<>(topic.lsnRestarts());
    acceptance
        .order()
        .lsnRestarts()
        .getOrDefault(topic.topic(), Map.of())
        .forEach((partition, offset) -> restarts.add(restart(topic, partition, offset)));
    return topic.with(partitions, lost, holes, restarts);
  }

  private LsnRestart restart(TopicPlan topic, int partition, long offset) {
    OffsetRange first = new OffsetRange(partition, offset, offset + 1);
    if (planned(topic.partitions(), first).filter(all -> all.range().contains(first)).isEmpty()) {
      throw PlanErrors.noRestartOfPlan(topic, partition, offset);
    }
    return new LsnRestart(n, partition, offset);
  }

  private static Optional<PartitionPlan> planned(
      List<PartitionPlan> partitions, OffsetRange range) {
    return partitions.stream()
        .filter(partition -> partition.range().partition() == range.partition())
        .findFirst();
  }

  private static Supplier<ChangelakeException> notInPlan(TopicPlan topic, OffsetRange range) {
    return () -> PlanErrors.notInPlan(topic, range);
  }

  /** All that the plan froze of the topic is given up, and what the new one holds is frozen. */
  private TopicPlan recreated(TopicPlan topic, TopicState state, Allowed allowed) {
    if (state == null) {
      throw PlanErrors.topicGone(topic, PlanErrors.revise(batch));
    }
    if (state.topicId().equals(topic.topicId())) {
      throw PlanErrors.notRecreated(topic);
    }
    List<PartitionPlan> partitions = new ArrayList<>();
    List<OffsetRange> expired = new ArrayList<>();
    for (int i = 0; i < state.partitions().size(); i++) {
      PartitionState now = state.partitions().get(i);
      if (now.earliest() > 0) {
        expired.add(new OffsetRange(i, 0, now.earliest()));
      }
      partitions.add(
          new PartitionPlan(
              new OffsetRange(i, now.earliest(), now.lastStable()),
              now.lastStable(),
              Math.max(now.lastStable(), now.highWatermark())));
    }
    allowed.requireLost(expired, 0);
    List<OffsetRange> lost = new ArrayList<>(topic.lost());
    topic.partitions().stream()
        .map(PartitionPlan::range)
        .filter(range -> !range.isEmpty())
        .forEach(lost::add);
    lost.addAll(expired);
    return new TopicPlan(
        topic.table(),
        topic.topic(),
        state.topicId(),
        partitions,
        lost,
        List.of(),
        List.of(),
        n,
        List.of(),
        topic.evolutions());
  }
}
