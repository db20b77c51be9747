package dev.changelake.compact.drift;

import dev.changelake.compact.ledger.TableDrift;
import dev.changelake.contract.DriftPolicy;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.util.List;
import java.util.stream.Collectors;

/** What to do when a source has changed in a way for which its contract wants the run to stop. */
public final class DriftErrors {
  private DriftErrors() {}

  /** Stops a run at drift for which the policy is to stop. */
  public static void requireNoneToStopAt(List<TableDrift> drifts, String batch) {
    List<TableDrift> stopping =
        drifts.stream().filter(drift -> drift.policy() == DriftPolicy.STOP).toList();
    if (!stopping.isEmpty()) {
      throw new ChangelakeException(
          ErrorCategory.DATA,
          "The source of %s is no longer as its contract says."
              .formatted(
                  stopping.stream()
                      .map(TableDrift::table)
                      .distinct()
                      .collect(Collectors.joining(", "))),
          "%s. The policy for this is to stop. No table was changed."
              .formatted(
                  stopping.stream()
                      .map(
                          drift ->
                              "%s %s (drift.%s)"
                                  .formatted(drift.table(), drift.text(), drift.kind().code()))
                      .collect(Collectors.joining("; "))),
          ("Correct the contract, or change its policy to hold or evolve, and run"
                  + " `bin/changelake compact revise --batch %s --by <who> --why <reason>`, then the"
                  + " batch again: what was landed is decoded again.")
              .formatted(batch));
    }
  }
}
