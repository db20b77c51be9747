package dev.changelake.compact.merge;

import dev.changelake.compact.ledger.TableLedger;
import java.util.OptionalLong;

/**
 * A table after a batch.
 *
 * @param version the version that is the table as of this batch
 * @param absentVersion the version of the positions without a row; empty if there are none yet
 */
public record TableOutcome(long version, OptionalLong absentVersion, TableLedger ledger) {}
