package dev.changelake.compact.land;

import dev.changelake.compact.delta.CommitTag;
import dev.changelake.compact.ledger.TopicLedger;
import dev.changelake.compact.ledger.TopicLedger.PartitionLedger;
import dev.changelake.compact.plan.TopicPlan;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.math.BigDecimal;
import java.math.MathContext;

/** What can be wrong with what was landed, and what to do then. */
public final class LandErrors {
  private LandErrors() {}

  static ChangelakeException droppedWithoutAWord(TopicPlan topic, CommitTag tag) {
    return new ChangelakeException(
            ErrorCategory.TABLE,
            "The change log of %s refused the landing of plan %s."
                .formatted(topic.topic(), tag.plan()),
            "It already holds the transaction %s %d, but no commit that names this plan."
                .formatted(tag.appId(), tag.version()),
            "Somebody replaced the plan or wrote under its name. Compare the table's history with"
                + " data/_changelake/plans, then revise the batch.")
        .notRetryable();
  }

  static void requireExact(TopicLedger ledger) {
    for (PartitionLedger partition : ledger.partitions()) {
      if (!partition.isExact()) {
        throw new ChangelakeException(
            ErrorCategory.DATA,
            "The change log of %s does not hold exactly what the plan froze."
                .formatted(ledger.topic()),
            "Of the range %s it has %d rows with %d distinct offsets; missing are %s."
                .formatted(
                    partition.range(), partition.rows(), partition.offsets(), partition.holes()),
            "Holes come from a compacted topic or a transactional producer; neither is supported"
                + " yet. Check cleanup.policy of the topic.");
      }
    }
  }

  /** Stops a run whose quarantine is larger than was agreed. */
  public static void requireFewQuarantined(TopicLedger ledger, BigDecimal maximum) {
    if (ledger.quarantinedShare().compareTo(maximum) > 0) {
      throw new ChangelakeException(
          ErrorCategory.DATA,
          "%d of %d records of %s are quarantined, a share of %s."
              .formatted(
                  ledger.count("quarantined"),
                  ledger.landed(),
                  ledger.topic(),
                  ledger.quarantinedShare().round(new MathContext(3)).toPlainString()),
          "At most %s is accepted. The reasons: %s. No table was changed."
              .formatted(maximum.toPlainString(), ledger.reasons()),
          "Look at them with `bin/changelake quarantine --table %s`. Correct the contract and run"
                  .formatted(ledger.table())
              + " `bin/changelake compact revise --batch <batch> --by <who> --why <reason>` to decode"
              + " them again, or accept them with --accept-quarantine-share.");
    }
  }
}
