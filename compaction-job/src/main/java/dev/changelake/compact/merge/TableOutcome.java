package dev.changelake.compact.merge;

import dev.changelake.compact.ledger.TableLedger;
import java.util.List;
import java.util.OptionalLong;

/**
 * A table after a batch.
 *
 * @param version the version that is the table as of this batch
 * @param absentVersion the version of the positions without a row; empty if there are none yet
 * @param conflicting some of the records that claimed what another source holds
 */
public record TableOutcome(
    long version, OptionalLong absentVersion, TableLedger ledger, List<String> conflicting) {
  public TableOutcome {
    conflicting = List.copyOf(conflicting);
  }
}
