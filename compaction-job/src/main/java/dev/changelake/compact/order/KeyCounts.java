package dev.changelake.compact.order;

import java.util.Optional;

/**
 * What became of a key's records; the winner, and records that stand for a truncate or cannot be
 * read, are counted elsewhere.
 *
 * @param superseded records that a later one replaced
 * @param replays records that are older than one that was applied
 * @param tombstones tombstones of deletes
 * @param unresolved records that left out values which nobody knows
 * @param undecided records between which no position decides
 * @param fellBack records whose log position is lower than one before them, though they committed
 *     later
 * @param stoppedAt the first record that fell back or is undecided, which stops the batch
 */
public record KeyCounts(
    long superseded,
    long replays,
    long tombstones,
    long unresolved,
    long undecided,
    long fellBack,
    Optional<Place> stoppedAt) {}
