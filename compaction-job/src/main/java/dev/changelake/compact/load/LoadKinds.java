package dev.changelake.compact.load;

import dev.changelake.compact.load.LoadAudit.Entry;
import dev.changelake.compact.load.TableContent.Predecessor;
import dev.changelake.compact.result.Load;
import java.util.Optional;

/** Decides whether the changes of a batch are enough, or all rows are needed. */
final class LoadKinds {
  private LoadKinds() {}

  /**
   * How to load.
   *
   * @param newest what the table holds by the audit
   */
  static Load.Kind of(Optional<Entry> newest, TableContent content) {
    if (newest.isEmpty()) {
      return Load.Kind.FULL_FIRST_LOAD;
    }
    if (newest.get().n() == content.published().plan().n()) {
      return Load.Kind.FULL_BATCH_DIFFERS;
    }
    if (content.predecessor().isEmpty()) {
      return Load.Kind.FULL_NO_CHANGES_KNOWN;
    }
    Predecessor before = content.predecessor().get();
    if (newest.get().n() != before.n()) {
      return Load.Kind.FULL_GAP;
    }
    return newest.get().inputs().equals(before.inputs())
        ? Load.Kind.INCREMENTAL
        : Load.Kind.FULL_BATCH_DIFFERS;
  }
}
