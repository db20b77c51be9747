package dev.changelake.compact.merge;

import dev.changelake.compact.delta.CommitTag;
import dev.changelake.compact.delta.LakeTable;
import dev.changelake.compact.delta.TableCommit;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.util.List;

/** What can be wrong with a table that a batch changes, and what to do then. */
final class MergeErrors {
  private MergeErrors() {}

  static ChangelakeException droppedWithoutAWord(LakeTable table, CommitTag tag) {
    return new ChangelakeException(
            ErrorCategory.TABLE,
            "The table %s refused the merge of plan %s.".formatted(table.path(), tag.plan()),
            "It already holds the transaction %s %d, but no commit that names this plan."
                .formatted(tag.appId(), tag.version()),
            "Somebody replaced the plan or wrote under its name. Compare the table's history with"
                + " data/_changelake/plans, then revise the batch.")
        .notRetryable();
  }

  static ChangelakeException changedByOthers(LakeTable table, TableCommit commit, long before) {
    return new ChangelakeException(
            ErrorCategory.TABLE,
            "The table %s was changed by somebody else: version %d is a %s."
                .formatted(table.path(), commit.version(), commit.operation()),
            "A batch is merged into the table exactly as the batch before left it (version %d)."
                .formatted(before),
            "Undo the change with RESTORE TABLE delta.`%s` TO VERSION AS OF %d, then run the command"
                    .formatted(table.path(), before)
                + " again.")
        .notRetryable();
  }

  static ChangelakeException contradiction(String table, List<String> contradictions) {
    return new ChangelakeException(
            ErrorCategory.TABLE,
            "The ledger of %s does not add up: %s."
                .formatted(table, String.join("; ", contradictions)),
            "The records that were folded and the rows that MERGE says it changed disagree, so"
                + " something was lost or doubled. The batch gets no manifest.",
            "Keep the lake as it is and report this; data/_changelake/results has the numbers.")
        .notRetryable();
  }
}
