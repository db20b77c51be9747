package dev.changelake.compact.merge;

import dev.changelake.compact.delta.Stage;
import dev.changelake.compact.delta.TableCommit;
import dev.changelake.compact.plan.PlanName;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What happened to a table since the batch before, as its commits tell.
 *
 * <p>Maintenance changes files, columns and properties, and no row: a version after it is as good
 * as the one before, and younger. The younger one counts, since Delta keeps it longer.
 *
 * @param start the version whose rows are those that the batch starts from
 * @param later the commits after it, oldest first; the first of them is no maintenance
 * @param restored whether this revision has put the table back already
 * @param undone the version of what this plan merged before the table was put back
 */
record TablePast(
    PlanName plan, long start, List<TableCommit> later, boolean restored, OptionalLong undone) {
  TablePast {
    later = List.copyOf(later);
  }

  /**
   * Reads the commits.
   *
   * @param plan the plan that is to change the table
   * @param before the table's version in the manifest before
   * @param commits the commits after that version, in any order
   */
  static TablePast of(PlanName plan, long before, List<TableCommit> commits) {
    List<TableCommit> ordered =
        commits.stream().sorted(Comparator.comparingLong(TableCommit::version)).toList();
    long settled = settled(before, ordered);
    long base = before;
    boolean restored = false;
    for (TableCommit commit : ordered) {
      boolean ours = is(commit, plan, Stage.RESTORE);
      restored |= ours;
      if (ours || commit.isOperatorsRestore(before, settled)) {
        base = commit.version();
      }
    }
    long start = settled(base, ordered);
    return new TablePast(
        plan,
        start,
        ordered.stream().filter(commit -> commit.version() > start).toList(),
        restored,
        ordered.stream()
            .filter(commit -> commit.version() <= start && isMerge(commit, plan))
            .mapToLong(TableCommit::version)
            .findFirst());
  }

  /** The newest version that is reached from one by maintenance alone. */
  private static long settled(long version, List<TableCommit> ordered) {
    long settled = version;
    for (TableCommit commit : ordered) {
      if (commit.version() > settled) {
        if (!commit.maintenance()) {
          break;
        }
        settled = commit.version();
      }
    }
    return settled;
  }

  /** A commit that changed rows and is not of this batch. */
  Optional<TableCommit> byOthers() {
    return later.stream()
        .filter(commit -> !commit.maintenance())
        .filter(commit -> commit.plan().map(name -> name.n() != plan.n()).orElse(true))
        .findFirst();
  }

  /** The version of what an earlier revision of this batch merged and nothing has undone. */
  OptionalLong earlierRevision() {
    return later.stream()
        .filter(commit -> !commit.maintenance())
        .filter(commit -> commit.plan().map(name -> isOtherRevision(name)).orElse(false))
        .mapToLong(TableCommit::version)
        .findFirst();
  }

  /** Whether this plan has merged already. */
  boolean merged() {
    return later.stream().anyMatch(commit -> isMerge(commit, plan));
  }

  private static boolean isMerge(TableCommit commit, PlanName plan) {
    return is(commit, plan, Stage.MERGE) || is(commit, plan, Stage.ABSENT);
  }

  private boolean isOtherRevision(PlanName name) {
    return name.n() == plan.n() && name.revision() != plan.revision();
  }

  private static boolean is(TableCommit commit, PlanName plan, Stage stage) {
    return commit.plan().equals(Optional.of(plan))
        && commit.stage().equals(Optional.of(stage.code()));
  }
}
