package dev.changelake.compact.fold;

/**
 * How many records of a fold came to what, and what MERGE has to find.
 *
 * <p>The meaning of each number is that of {@link dev.changelake.compact.ledger.TableLedger}.
 *
 * @param undecided records between which no position decides; the batch cannot be merged then
 * @param fellBack records whose log position fell back; the batch cannot be merged then
 * @param absentChanges keys whose position without a row has to be written or removed
 */
public record FoldCounts(
    long winners,
    long superseded,
    long replays,
    long tombstones,
    long filtered,
    long conflicts,
    long unresolved,
    long undecided,
    long fellBack,
    long moved,
    long overtaken,
    long truncated,
    long withoutEffect,
    long inserts,
    long updates,
    long deletes,
    long absentChanges,
    long unavailableCells) {

  /** The counts of a batch without changes. */
  public static FoldCounts none() {
    return new FoldCounts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  /** Whether MERGE has nothing to do. */
  public boolean leavesTableAsItIs() {
    return inserts + updates + deletes == 0;
  }
}
