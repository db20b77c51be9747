package dev.changelake.compact.delta;

import dev.changelake.compact.plan.PlanName;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * One commit of a Delta table.
 *
 * @param plan the plan that the commit names; empty for a commit that is not Changelake's
 * @param restoredTo the version that a RESTORE went back to
 */
public record TableCommit(
    long version,
    String operation,
    Optional<PlanName> plan,
    Optional<String> stage,
    OptionalLong restoredTo,
    Map<String, String> metrics) {
  private static final Set<String> MAINTENANCE =
      Set.of(
          "OPTIMIZE",
          "CLUSTER BY",
          "VACUUM START",
          "VACUUM END",
          "ADD COLUMNS",
          "CHANGE COLUMN",
          "CHANGE COLUMNS",
          "SET TBLPROPERTIES",
          "UNSET TBLPROPERTIES");

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

  /** Whether the commit changes files, columns or properties, and no row. */
  public boolean isMaintenance() {
    return MAINTENANCE.contains(operation);
  }
}
