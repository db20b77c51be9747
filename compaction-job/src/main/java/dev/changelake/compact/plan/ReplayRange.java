package dev.changelake.compact.plan;

import java.util.Objects;

/**
 * Records that an earlier plan landed and a replay lands again.
 *
 * @param landedBy the plan, in the revision that counts
 * @param range their offsets, each of which the plan landed
 */
public record ReplayRange(PlanName landedBy, OffsetRange range) {
  public ReplayRange {
    Objects.requireNonNull(landedBy, "landedBy");
    Objects.requireNonNull(range, "range");
  }
}
