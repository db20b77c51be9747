package dev.changelake.compact.plan;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What an operator decided that no program may decide, with who and why.
 *
 * @param quarantineShare the share of quarantined records, 0 to 1, that a topic may have
 * @param lost for each topic, ranges that are given up
 * @param holes for each topic, ranges that never held a record, such as transaction markers
 * @param newTopicIds topics that were created again and are read from their beginning
 * @param morePartitions topics whose added partitions are read
 * @param order of records whose order no rule knows
 * @param adoption of the tables that the lake takes part in
 */
public record Acceptance(
    String who,
    String why,
    Optional<BigDecimal> quarantineShare,
    Map<String, List<OffsetRange>> lost,
    Map<String, List<OffsetRange>> holes,
    Set<String> newTopicIds,
    Set<String> morePartitions,
    OrderDecision order,
    AdoptionDecision adoption) {
  public Acceptance {
    if (who.isBlank() || why.isBlank()) {
      throw new IllegalArgumentException("a decision needs who took it and why");
    }
    quarantineShare.ifPresent(
        share -> {
          if (share.signum() < 0 || share.compareTo(BigDecimal.ONE) > 0) {
            throw new IllegalArgumentException(
                "the accepted share of quarantined records must lie in 0 to 1, was "
                    + share.toPlainString());
          }
        });
    lost = new TreeMap<>(lost);
    lost.replaceAll((topic, ranges) -> List.copyOf(ranges));
    holes = new TreeMap<>(holes);
    holes.replaceAll((topic, ranges) -> List.copyOf(ranges));
    newTopicIds = new TreeSet<>(newTopicIds);
    morePartitions = new TreeSet<>(morePartitions);
    // Plans of earlier versions have none.
    order = order == null ? OrderDecision.none() : order;
    adoption = adoption == null ? AdoptionDecision.none() : adoption;
  }

  /** A decision that says nothing of the order of records, and of no table as such. */
  public Acceptance(
      String who,
      String why,
      Optional<BigDecimal> quarantineShare,
      Map<String, List<OffsetRange>> lost,
      Map<String, List<OffsetRange>> holes,
      Set<String> newTopicIds,
      Set<String> morePartitions) {
    this(
        who,
        why,
        quarantineShare,
        lost,
        holes,
        newTopicIds,
        morePartitions,
        OrderDecision.none(),
        AdoptionDecision.none());
  }

  /**
   * This decision, with what an earlier one of the same batch accepted and this one does not speak
   * of. Ranges stand in the plan's topics.
   */
  Acceptance after(Optional<Acceptance> earlier) {
    if (earlier.isEmpty()) {
      return this;
    }
    Acceptance other = earlier.get();
    return new Acceptance(
        who,
        why,
        quarantineShare.or(other::quarantineShare),
        lost,
        holes,
        union(newTopicIds, other.newTopicIds),
        union(morePartitions, other.morePartitions),
        order.after(other.order),
        adoption.after(other.adoption));
  }

  private static Set<String> union(Set<String> some, Set<String> others) {
    Set<String> all = new TreeSet<>(some);
    all.addAll(others);
    return all;
  }

  /** All topics that the decision names. */
  Set<String> topics() {
    Set<String> topics = new TreeSet<>(lost.keySet());
    topics.addAll(holes.keySet());
    topics.addAll(newTopicIds);
    topics.addAll(morePartitions);
    topics.addAll(order.topics());
    topics.addAll(adoption.fromEarliest());
    return topics;
  }
}
