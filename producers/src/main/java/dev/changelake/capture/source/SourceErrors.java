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

  static ChangelakeException unpublished(String table) {
    return new ChangelakeException(
        ErrorCategory.DATA,
        "The publication no longer has the table %s.".formatted(table),
        "It was taken out, or renamed, at this very moment.",
        "Run the command again once the tables are left as they are.");
  }

  static ChangelakeException filteredPublication(String name, List<String> tables) {
    return new ChangelakeException(
        ErrorCategory.DATA,
        "The publication %s is not one to capture by.".formatted(name),
        "It has row filters or column lists for %s: rows or columns would be missing."
            .formatted(String.join(", ", tables)),
        "Drop it, and the command makes it; or name another one with debezium.publication.name.");
  }

  static ChangelakeException otherPublication(String name, boolean ofAllTables) {
    return new ChangelakeException(
        ErrorCategory.DATA,
        "The publication %s is not one to capture by.".formatted(name),
        ofAllTables
            ? "It is FOR ALL TABLES, also of those without a contract."
            : "It does not publish all of insert, update, delete and truncate.",
        "Drop it, and the command makes it anew; or name another one with"
            + " debezium.publication.name.");
  }

  static ChangelakeException slotInUse(String slot) {
    return busy("Another process reads the replication slot %s.".formatted(slot));
  }

  static ChangelakeException captureRuns(String slot) {
    return busy("Another capture with the replication slot %s is running.".formatted(slot));
  }

  private static ChangelakeException busy(String problem) {
    return new ChangelakeException(
        ErrorCategory.SOURCE,
        problem,
        "Two at once would publish everything twice and take changes from each other.",
        "End the other one, or wait until the database notices that it is gone (wal_sender_timeout),"
            + " then run the command again.");
  }
}
