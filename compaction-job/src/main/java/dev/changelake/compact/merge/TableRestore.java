package dev.changelake.compact.merge;

import dev.changelake.compact.delta.LakeTable;
import dev.changelake.compact.delta.TableCommit;
import dev.changelake.compact.plan.PlanName;
import java.util.Optional;

/** Undoes what others did to a table since the newest batch, as the error of a batch asks for. */
public final class TableRestore {
  private TableRestore() {}

  /**
   * What was undone.
   *
   * @param version the version whose rows the table has again
   * @param undone the first commit of somebody else
   */
  public record Restored(long version, TableCommit undone) {}

  /**
   * Puts the table back to what the newest batch left, unless it is so.
   *
   * @param before the table's version in that batch
   * @param next the plan that is to change the table next
   * @return empty if no one else changed the table
   */
  public static Optional<Restored> restore(
      LakeTable table, long before, PlanName next, String who, String why) {
    TablePast past = TablePast.of(next, before, table.commitsSince(before));
    Optional<TableCommit> foreign = past.byOthers();
    foreign.ifPresent(commit -> table.restore(past.start(), who, why));
    return foreign.map(commit -> new Restored(past.start(), commit));
  }
}
