package dev.changelake.capture.run;

import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.util.Collection;

/** Why a capture does not begin by itself, and what its user can decide. */
final class StartErrors {
  private static final String AGAIN = "`bin/changelake capture --snapshot-again`";

  private StartErrors() {}

  static ChangelakeException foreignTopics() {
    return refused(
        "The topics hold records that no capture of this database has published.",
        "Positions of two sources do not compare: rows of one would hide those of the other.",
        "Use empty topics and a new lake; or, if the topics are this database's and only the capture's"
            + " own topic of offsets is gone, run "
            + AGAIN
            + ".");
  }

  static ChangelakeException foreignSlot(String slot) {
    return refused(
        "The database has a replication slot %s already, and it is not this capture's."
            .formatted(slot),
        "A capture into other topics may need it; reading it here would take its changes away.",
        "Set debezium.slot.name to another name; or, if nobody reads the slot, remove it: SELECT"
            + " pg_drop_replication_slot('%s').".formatted(slot));
  }

  static ChangelakeException anotherDatabase() {
    return refused(
        "The topics hold the log of another database.",
        "Their records were captured from a server with another system identifier, or from a database"
            + " of another name: after a restore or a move, positions in the log begin anew, and newer"
            + " changes would count as older ones.",
        "Use empty topics and a new lake, or correct debezium.database.* in the configuration.");
  }

  static ChangelakeException gap(String why) {
    return refused(
        "The database no longer keeps the log that follows what was captured.",
        why,
        "Run "
            + AGAIN
            + ": rows will be as the database has them, and those deleted meanwhile go; the changes in"
            + " between are lost.");
  }

  static ChangelakeException newTables(Collection<String> tables) {
    return refused(
        "Rows of %s were never captured.".formatted(String.join(", ", tables)),
        "Their contracts came after the snapshot; rows that do not change would be missing.",
        "Run " + AGAIN + "; all tables' rows are published once more.");
  }

  static ChangelakeException anotherSchemaForm(String before) {
    return refused(
        "The topics got messages with --schema %s until now.".formatted(before),
        "Keys have other bytes in the other form, and so may go to other partitions: the order of a"
            + " row's changes would be lost.",
        "Go on with --schema %s, or run %s.".formatted(before, AGAIN));
  }

  private static ChangelakeException refused(String problem, String why, String remedy) {
    return new ChangelakeException(ErrorCategory.SOURCE, problem, why, remedy).notRetryable();
  }
}
