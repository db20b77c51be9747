package dev.changelake.compact.plan;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What an operator decided of records whose order no rule knows.
 *
 * @param lsnRestarts for each topic, by partition, the first offset whose log position counts anew
 * @param replays topics whose records with positions that fell back are old
 * @param undecided topics of which records stay out whose order nothing decides
 */
public record OrderDecision(
    Map<String, Map<Integer, Long>> lsnRestarts, Set<String> replays, Set<String> undecided) {
  public OrderDecision {
    lsnRestarts = new TreeMap<>(lsnRestarts);
    lsnRestarts.replaceAll((topic, starts) -> new TreeMap<>(starts));
    replays = new TreeSet<>(replays);
    undecided = new TreeSet<>(undecided);
  }

  /** Nothing was decided. */
  public static OrderDecision none() {
    return new OrderDecision(Map.of(), Set.of(), Set.of());
  }

  /** This decision, with what an earlier one of the same batch said; restarts are in the plan. */
  OrderDecision after(OrderDecision earlier) {
    Set<String> old = new TreeSet<>(replays);
    old.addAll(earlier.replays);
    Set<String> open = new TreeSet<>(undecided);
    open.addAll(earlier.undecided);
    return new OrderDecision(lsnRestarts, old, open);
  }

  /** All topics that the decision names. */
  Set<String> topics() {
    Set<String> topics = new TreeSet<>(lsnRestarts.keySet());
    topics.addAll(replays);
    topics.addAll(undecided);
    return topics;
  }
}
