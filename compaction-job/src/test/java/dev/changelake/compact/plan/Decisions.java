package dev.changelake.compact.plan;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Decisions of an operator. */
final class Decisions {
  private Decisions() {}

  static Acceptance nothing() {
    return decision(Map.of(), Set.of(), Set.of());
  }

  static Acceptance lost(String topic, OffsetRange... ranges) {
    return decision(Map.of(topic, Arrays.asList(ranges)), Set.of(), Set.of());
  }

  static Acceptance newTopic(String topic) {
    return decision(Map.of(), Set.of(topic), Set.of());
  }

  static Acceptance newTopicThatLost(String topic, OffsetRange... ranges) {
    return decision(Map.of(topic, Arrays.asList(ranges)), Set.of(topic), Set.of());
  }

  static Acceptance holes(String topic, OffsetRange... ranges) {
    return new Acceptance(
        "ada",
        "why",
        Optional.empty(),
        Map.of(),
        Map.of(topic, Arrays.asList(ranges)),
        Set.of(),
        Set.of());
  }

  static Acceptance morePartitions(String topic) {
    return decision(Map.of(), Set.of(), Set.of(topic));
  }

  static Acceptance fromEarliest(String topic) {
    return adoption(new AdoptionDecision(Set.of(topic), Set.of()));
  }

  static Acceptance retire(String... tables) {
    return adoption(new AdoptionDecision(Set.of(), Set.of(tables)));
  }

  private static Acceptance adoption(AdoptionDecision adoption) {
    return new Acceptance(
        "ada",
        "why",
        Optional.empty(),
        Map.of(),
        Map.of(),
        Set.of(),
        Set.of(),
        OrderDecision.none(),
        adoption);
  }

  static Acceptance share(String share) {
    return new Acceptance(
        "ada", "why", Optional.of(new BigDecimal(share)), Map.of(), Map.of(), Set.of(), Set.of());
  }

  private static Acceptance decision(
      Map<String, List<OffsetRange>> lost, Set<String> newTopics, Set<String> partitions) {
    return new Acceptance("ada", "why", Optional.empty(), lost, Map.of(), newTopics, partitions);
  }
}
