package dev.changelake.compact.expectation;

/**
 * What one pass over a table counts.
 *
 * @param sharedKeys rows whose key is null or that of another row too
 * @param nulls rows that lack a required value
 * @param future rows dated after the business date
 */
record RowFacts(long rows, long sharedKeys, long nulls, long future) {}
