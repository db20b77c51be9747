package dev.changelake.contract;

import java.util.EnumMap;
import java.util.Map;

/** A table's policy for each kind of drift; what is not declared is held. */
public record DriftPolicies(Map<DriftKind, DriftPolicy> declared) {
  /** Nothing is declared. */
  public static final DriftPolicies HOLD = new DriftPolicies(Map.of());

  public DriftPolicies {
    Map<DriftKind, DriftPolicy> policies = new EnumMap<>(DriftKind.class);
    policies.putAll(declared);
    declared = Map.copyOf(policies);
    declared.forEach(
        (kind, policy) -> {
          if (policy == DriftPolicy.EVOLVE && !kind.mayEvolve()) {
            throw new IllegalArgumentException(
                "%s cannot evolve without a guess: hold or stop".formatted(kind.code()));
          }
        });
  }

  /** The policy for a kind of drift. */
  public DriftPolicy of(DriftKind kind) {
    return declared.getOrDefault(kind, DriftPolicy.HOLD);
  }
}
