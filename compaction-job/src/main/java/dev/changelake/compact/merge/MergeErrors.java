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

  static ChangelakeException changedByOthers(
      LakeTable table, TableCommit commit, TablePast past, String batch) {
    return new ChangelakeException(
            ErrorCategory.TABLE,
            "The table %s was changed by somebody else: version %d is a %s."
                .formatted(table.path(), commit.version(), commit.operation()),
            "A batch is merged into the table exactly as the batch before left it (version %d)."
                .formatted(past.start()),
            past.merged()
                ? "This plan has merged into it already, and merges once. %s Undo the change with"
                        .formatted(revise(batch))
                    + restore(table, past.start())
                    + ", then run the batch again."
                : "Undo the change with%s, then run the command again."
                    .formatted(restore(table, past.start())))
        .notRetryable();
  }

  static ChangelakeException changedMeanwhile(
      LakeTable table, TableCommit commit, TableCommit ours, String batch) {
    return new ChangelakeException(
            ErrorCategory.TABLE,
            "The table %s was changed while plan %s merged into it: version %d is a %s."
                .formatted(
                    table.path(), ours.plan().orElseThrow(), commit.version(), commit.operation()),
            "The plan's merge, version %d, does not know of that change. The batch gets no manifest."
                .formatted(ours.version()),
            "%s Then run the batch again; it tells what else is to be undone."
                .formatted(revise(batch)))
        .notRetryable();
  }

  static ChangelakeException mixedRevisions(LakeTable table, long version, String batch) {
    return new ChangelakeException(
            ErrorCategory.TABLE,
            "The table %s holds what two revisions of batch %s merged."
                .formatted(table.path(), batch),
            "A driver of an earlier revision was still running; its merge is version %d."
                .formatted(version),
            "%s Then run the batch again: a new revision starts from the batch before."
                .formatted(revise(batch)))
        .notRetryable();
  }

  static ChangelakeException putBack(LakeTable table, long merged, String batch) {
    return new ChangelakeException(
            ErrorCategory.TABLE,
            "The table %s was put back after this plan had merged into it.".formatted(table.path()),
            "The merge is version %d. A plan merges once, so that a retry cannot merge twice."
                .formatted(merged),
            "%s Then run the batch again.".formatted(revise(batch)))
        .notRetryable();
  }

  private static String revise(String batch) {
    return "Run `bin/changelake compact revise --batch %s --by <who> --why <reason>`."
        .formatted(batch);
  }

  private static String restore(LakeTable table, long version) {
    return " `bin/changelake restore %s --by <who> --why <reason>` (version %d)"
        .formatted(table.path().substring(table.path().lastIndexOf('/') + 1), version);
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
