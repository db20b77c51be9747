package dev.changelake.compact.ledger;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.ArrayList;
import java.util.List;

/**
 * What became of the records that a batch landed for one table.
 *
 * <p>The first sum: landed = winners + superseded + replays + tombstones + truncates + control +
 * filtered + quarantined + conflicts + unresolved. The second: winners + moved + truncated -
 * overtaken = inserted + updated + deleted + without effect, where the three in the middle are what
 * the committed MERGE tells of itself. No number is computed from the others.
 *
 * @param landed rows of the change logs that feed the table
 * @param winners newest records of their keys
 * @param superseded records that a later one of the same key replaced within the batch
 * @param replays records whose lsn is below one that was applied, or that repeat a key of an
 *     append-only table
 * @param tombstones tombstones that follow the delete that they belong to
 * @param truncates records that removed all rows of a source at once
 * @param control records that say nothing about a row
 * @param filtered newest records of their keys that are no row of this table and never were
 * @param quarantined records that landing could not apply
 * @param conflicts newest records that claim a key which another source holds
 * @param unresolved records that leave out values which nobody knows, and so were not applied
 * @param moved rows deleted because their source's record is now another row
 * @param overtaken rows that their source gave up and another source took in the same batch
 * @param truncated keys for which a truncate is the newest that was said
 * @param withoutEffect deletes of keys that had no row
 * @param unavailableCells cells that were written as null because nobody knows their value
 */
public record TableLedger(
    String table,
    long landed,
    long winners,
    long superseded,
    long replays,
    long tombstones,
    long truncates,
    long control,
    long filtered,
    long quarantined,
    long conflicts,
    long unresolved,
    long moved,
    long overtaken,
    long truncated,
    long inserted,
    long updated,
    long deleted,
    long withoutEffect,
    long unavailableCells) {

  /** Whether records came and all that could have changed a row were replays. */
  @JsonIgnore
  public boolean isAllReplays() {
    return replays > 0 && winners == 0 && truncates == 0;
  }

  /** The sums that do not add up; empty if all is well. */
  @JsonIgnore
  public List<String> contradictions() {
    List<String> found = new ArrayList<>();
    long accounted =
        winners
            + superseded
            + replays
            + tombstones
            + truncates
            + control
            + filtered
            + quarantined
            + conflicts
            + unresolved;
    if (landed != accounted) {
      found.add("landed %d, accounted for %d".formatted(landed, accounted));
    }
    long applied = inserted + updated + deleted + withoutEffect;
    if (winners + moved + truncated - overtaken != applied) {
      found.add(
          "winners %d + moved %d + truncated %d - overtaken %d, applied %d"
              .formatted(winners, moved, truncated, overtaken, applied));
    }
    return found;
  }
}
