package dev.changelake.compact.order;

import java.util.Optional;

/**
 * What a batch's records leave of their key.
 *
 * @param winner the record that decides; empty if nothing changes
 * @param row the row that it leaves; empty if none
 * @param lsn the greatest log position of the winner's epoch that is applied then; may be null
 * @param tsMs the latest commit that is applied then, in milliseconds since 1970; may be null
 */
public record KeyResult(
    Optional<KeyChange> winner, Optional<Image> row, Long lsn, Long tsMs, KeyCounts counts) {}
