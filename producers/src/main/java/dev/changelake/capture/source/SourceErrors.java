package dev.changelake.capture.source;

import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.util.List;

/** What can be wrong with the database, and what to do then. */
final class SourceErrors {
  private SourceErrors() {}

  static ChangelakeException notLogical(String level) {
    return new ChangelakeException(
        ErrorCategory.USAGE,
        "The source database keeps no logical change log.",
        "Its wal_level is %s.".formatted(level),
        "Set wal_level = logical in its configuration and restart it.");
  }

  static ChangelakeException wrongTables(List<String> faults) {
    return new ChangelakeException(
        ErrorCategory.DATA,
        "The source database is not as the table contracts say.",
        String.join("; ", faults) + ".",
        "Mend the tables, or the contracts in contracts.directory; what the topics got would be"
            + " quarantined.");
  }

  static ChangelakeException slotInUse(ReplicationSlot slot) {
    return new ChangelakeException(
        ErrorCategory.SOURCE,
        "Another process reads the replication slot %s.".formatted(slot.name()),
        "It is served by the database's process %d; two captures at once would publish everything twice."
            .formatted(slot.readerPid().orElseThrow()),
        "End the other capture, or wait until the database notices that it is gone (wal_sender_timeout),"
            + " then run the command again.");
  }
}
