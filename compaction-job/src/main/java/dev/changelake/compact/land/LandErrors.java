package dev.changelake.compact.land;

import dev.changelake.compact.delta.CommitTag;
import dev.changelake.compact.ledger.TopicLedger;
import dev.changelake.compact.ledger.TopicLedger.PartitionLedger;
import dev.changelake.compact.plan.TopicPlan;
import dev.changelake.contract.TableContract;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.stream.Collectors;

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

  static ChangelakeException severalSources(
      TableContract contract, List<String> sources, String batch) {
    return new ChangelakeException(
            ErrorCategory.DATA,
            "The topic %s holds rows of several tables that are called %s."
                .formatted(contract.topic(), contract.sourceTable()),
            "They differ in %s, and no earlier batch says whose rows the topic holds. No table was changed."
                .formatted(String.join(", ", sources)),
            ("Say in the contract of %s whose rows it takes (\"source\": {\"name\", \"database\", \"schema\"}),"
                    + " or which column of the key distinguishes them (\"identifier\"), then run `bin/changelake"
                    + " compact revise --batch %s --by <who> --why <reason>`, then the batch again.")
                .formatted(contract.table(), batch))
        .notRetryable();
  }

  static void requireExact(TopicLedger ledger, TopicPlan topic, String batch) {
    for (PartitionLedger partition : ledger.partitions()) {
      if (!partition.isExact(topic.holes())) {
        throw new ChangelakeException(
            ErrorCategory.DATA,
            "The change log of %s does not hold exactly what the plan froze."
                .formatted(ledger.topic()),
            "Of the range %s it has %d rows with %d distinct offsets; missing are %s."
                .formatted(
                    partition.range(), partition.rows(), partition.offsets(), partition.holes()),
            "Offsets that are missing were compacted away (check cleanup.policy of the topic), or are"
                + " markers of a transactional producer. If they held no record that counts, run"
                + " `bin/changelake compact revise --batch %s%s --by <who> --why <reason>`, then the batch again."
                    .formatted(batch, holes(ledger.topic(), partition)));
      }
    }
  }

  private static String holes(String topic, PartitionLedger partition) {
    return partition.holes().stream()
        .map(hole -> " --accept-holes %s:%s".formatted(topic, hole))
        .collect(Collectors.joining());
  }

  /** Stops a run whose quarantine is larger than was agreed. */
  public static void requireFewQuarantined(TopicLedger ledger, BigDecimal maximum, String batch) {
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
          ("Look at them with `bin/changelake quarantine show --table %s`. Correct the contract and run"
                  + " `bin/changelake compact revise --batch %s --by <who> --why <reason>` to decode"
                  + " them again, or accept them with --accept-quarantine-share.")
              .formatted(ledger.table(), batch));
    }
  }
}
