package dev.changelake.compact.order;

/**
 * A row as it was before it was deleted at a position; where its key changed, it goes on under
 * another one.
 *
 * @param epoch how often the source's log positions began again before the delete
 * @param lsn the position of the delete, which the insert of the other key shares
 */
public record RowBefore(int epoch, long lsn, Image row) {}
