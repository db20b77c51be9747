package dev.changelake.compact.delta;

import dev.changelake.compact.plan.PlanName;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One commit of a Delta table.
 *
 * @param plan the plan that the commit names; empty for a commit that is not Changelake's
 * @param restoredTo the version that a RESTORE went back to
 * @param maintenance whether it changes files, columns or properties, and no row
 */
public record TableCommit(
    long version,
    String operation,
    Optional<PlanName> plan,
    Optional<String> stage,
    OptionalLong restoredTo,
    boolean maintenance,
    Map<String, String> metrics) {
  public TableCommit {
    metrics = Map.copyOf(metrics);
  }

  /** Whether this is the write that the tag describes. */
  public boolean is(CommitTag tag) {
    return plan.equals(Optional.of(tag.plan())) && stage.equals(Optional.of(tag.stage().code()));
  }

  /** Whether somebody, and not a plan, put the table back to one of these versions. */
  public boolean isOperatorsRestore(long first, long last) {
    return plan.isEmpty()
        && restoredTo.isPresent()
        && restoredTo.getAsLong() >= first
        && restoredTo.getAsLong() <= last;
  }

  /** A number that the commit tells of itself. */
  public long metric(String name) {
    String value = metrics.get(name);
    if (value == null) {
      throw new IllegalStateException("Commit %d has no metric %s".formatted(version, name));
    }
    return Long.parseLong(value);
  }
}
