package dev.changelake.compact.plan;

import java.util.Set;
import java.util.TreeSet;

/**
 * What an operator decided of the tables that a lake takes part in.
 *
 * @param fromEarliest topics that begin at the earliest record that Kafka still has, where they are
 *     read for the first time
 * @param retired tables that are no longer followed, from this batch on
 */
public record AdoptionDecision(Set<String> fromEarliest, Set<String> retired) {
  public AdoptionDecision {
    fromEarliest = new TreeSet<>(fromEarliest);
    retired = new TreeSet<>(retired);
  }

  public static AdoptionDecision none() {
    return new AdoptionDecision(Set.of(), Set.of());
  }

  /** This decision, with what an earlier one of the same batch said. */
  AdoptionDecision after(AdoptionDecision earlier) {
    Set<String> topics = new TreeSet<>(fromEarliest);
    topics.addAll(earlier.fromEarliest);
    Set<String> tables = new TreeSet<>(retired);
    tables.addAll(earlier.retired);
    return new AdoptionDecision(topics, tables);
  }
}
