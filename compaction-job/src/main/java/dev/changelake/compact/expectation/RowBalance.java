package dev.changelake.compact.expectation;

import dev.changelake.compact.result.Finding;
import java.util.List;

/**
 * How many rows a table has, and how many it should have.
 *
 * @param before rows as of the batch before, by the ledgers up to it
 * @param inserted rows that the batch inserted, as its ledger tells
 * @param deleted rows that the batch deleted, as its ledger tells
 * @param now rows as of the batch, counted
 */
record RowBalance(String table, long before, long inserted, long deleted, long now) {
  List<Finding> findings() {
    return List.of(
        new Expectation(table, "row count changed as the ledger tells")
            .found(
                Math.abs(now - (before + inserted - deleted)),
                () ->
                    List.of(
                        "%d rows (%d before, %d inserted, %d deleted)"
                            .formatted(now, before, inserted, deleted))),
        new Expectation(table, "not empty, unless it was before")
            .found(now == 0 ? before : 0, () -> List.of("0 rows (%d before)".formatted(before))));
  }
}
