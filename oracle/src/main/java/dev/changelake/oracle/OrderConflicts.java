package dev.changelake.oracle;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Decides which winners claim an order that is not theirs: grows their set until it stands. */
final class OrderConflicts {

  private final Set<SourceKey> winners;
  private final Map<SourceKey, Long> claims;
  private final Map<Long, SourceKey> storedOwners;
  private final Set<SourceKey> conflicting = new HashSet<>();

  /**
   * Takes the facts of a batch.
   *
   * @param winners every source key that has a winner
   * @param claims the order id claimed by each winner that projects
   * @param storedOwners who owned each order before the batch
   */
  OrderConflicts(
      Set<SourceKey> winners, Map<SourceKey, Long> claims, Map<Long, SourceKey> storedOwners) {
    this.winners = winners;
    this.claims = claims;
    this.storedOwners = storedOwners;
  }

  Set<SourceKey> find() {
    Set<SourceKey> found = round();
    while (conflicting.addAll(found)) {
      found = round();
    }
    return conflicting;
  }

  /** The claims that cannot stand, given the ones that already fell. */
  private Set<SourceKey> round() {
    Map<Long, List<SourceKey>> claimants =
        claims.keySet().stream()
            .filter(claimant -> !conflicting.contains(claimant))
            .collect(Collectors.groupingBy(claims::get, TreeMap::new, Collectors.toList()));
    Set<SourceKey> falling = new HashSet<>();
    claimants.forEach(
        (orderId, rivals) -> {
          SourceKey owner = storedOwners.get(orderId);
          if (owner != null && holds(owner)) {
            falling.addAll(rivals);
          } else if (rivals.size() > 1) {
            rivals.stream().filter(rival -> !rival.equals(owner)).forEach(falling::add);
          }
        });
    return falling;
  }

  private boolean holds(SourceKey owner) {
    return !winners.contains(owner) || conflicting.contains(owner);
  }
}
