package dev.changelake.oracle;

/**
 * What became of a batch's records in one target; the two sums of the specification hold by
 * construction.
 *
 * @param landed all records of the target's topics
 * @param winners records that decided their key, without conflicts and filtered ones
 * @param truncates records that empty their source
 * @param quarantined records that are bad by themselves
 * @param conflicts records that won their key but claimed an order somebody else has
 * @param unresolved updates that left out what nobody knows
 * @param filtered winners of a feed that project nothing and had no row
 * @param deleted rows gone, the {@code moved} ones among them
 * @param moved rows gone because their winner claimed another key
 * @param overtaken winners whose only effect was to leave their row to another winner
 * @param truncated keys that were decided by a truncate; none of the {@code winners}
 */
public record OracleLedger(
    String table,
    long landed,
    long winners,
    long superseded,
    long replays,
    long tombstones,
    long truncates,
    long control,
    long quarantined,
    long conflicts,
    long unresolved,
    long filtered,
    long inserted,
    long updated,
    long deleted,
    long withoutEffect,
    long moved,
    long overtaken,
    long truncated) {

  public OracleLedger {
    long accounted =
        winners
            + superseded
            + replays
            + tombstones
            + truncates
            + control
            + quarantined
            + conflicts
            + unresolved
            + filtered;
    if (landed != accounted) {
      throw new IllegalArgumentException(
          "%s: %d records landed, %d are accounted for".formatted(table, landed, accounted));
    }
    long effects = inserted + updated + deleted + withoutEffect;
    if (winners + moved + truncated - overtaken != effects) {
      throw new IllegalArgumentException(
          "%s: %d winners and %d truncated, %d of them moved and %d overtaken, have %d effects"
              .formatted(table, winners, truncated, moved, overtaken, effects));
    }
  }
}
