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

  static ChangelakeException otherTables(Collection<String> tables) {
    return refused(
        "%s %s not what was captured."
            .formatted(String.join(", ", tables), tables.size() == 1 ? "is" : "are"),
        "A table of that name was dropped and made again, renamed, or taken out of the publication for"
            + " a while: PostgreSQL's identifiers of it are others. What happened to its rows in between"
            + " is not in the log that is published.",
        "Run " + AGAIN + "; rows that are gone get tombstones.");
  }

  static ChangelakeException behind(long end, long position) {
    return refused(
        "The server's log ends before what was captured of it.",
        "It ends at %s, and %s was captured: this is a standby that was promoted, or a backup, which"
                .formatted(lsn(end), lsn(position))
            + " never got the last commits. They are in the topics, and not in the database.",
        "Run "
            + AGAIN
            + " if the database as it is now shall count; rows that it does not have get tombstones.");
  }

  static ChangelakeException forked(int before, int now, String why) {
    return refused(
        "The server was failed over: its log has timeline %d, and %d was captured."
            .formatted(now, before),
        why,
        "Run "
            + AGAIN
            + " if the database as it is now shall count; rows that it does not have get tombstones.");
  }

  static String lsn(long position) {
    return "%X/%X".formatted(position >>> 32, position & 0xFFFF_FFFFL);
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
