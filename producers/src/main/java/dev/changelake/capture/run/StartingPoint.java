package dev.changelake.capture.run;

import dev.changelake.capture.source.ReplicationSlot;
import dev.changelake.capture.source.ServerLog;
import dev.changelake.capture.topic.Begun;
import dev.changelake.capture.topic.CapturePhase;
import dev.changelake.capture.topic.CaptureProgress;
import dev.changelake.error.ChangelakeException;
import java.util.Optional;
import java.util.OptionalLong;

/** Where a capture begins. */
enum StartingPoint {
  /** With a snapshot of all rows, and a new replication slot from that moment on. */
  SNAPSHOT,
  /** After what an earlier run has published. */
  LOG;

  /**
   * Decides.
   *
   * @param asked what this run would begin
   * @param slot the slot as it is now
   * @param log the server's log as it is now
   * @param topicsHoldRecords whether any of the tables' topics does
   * @param again whether the user asked for another snapshot
   * @throws ChangelakeException if only the user can decide, since rows or changes may be lost
   */
  static StartingPoint decide(
      Begun asked,
      CaptureProgress progress,
      Optional<ReplicationSlot> slot,
      ServerLog log,
      boolean topicsHoldRecords,
      boolean again) {
    if (progress.begun().isEmpty()) {
      requireOwn(slot, topicsHoldRecords, again);
      return SNAPSHOT;
    }
    Begun begun = progress.begun().get();
    if (!begun.database().equals(asked.database())) {
      throw StartErrors.anotherDatabase();
    }
    if (!begun.slot().equals(asked.slot()) && slot.isPresent()) {
      throw StartErrors.foreignSlot(asked.slot());
    }
    if (again || begun.phase() == CapturePhase.SNAPSHOT || progress.position().isEmpty()) {
      return SNAPSHOT;
    }
    requireWholeLog(progress, slot);
    requireSameLog(begun, progress.position().getAsLong(), log);
    if (!asked.tablesChangedSince(begun).isEmpty()) {
      throw StartErrors.otherTables(asked.tablesChangedSince(begun));
    }
    if (!asked.tablesBeyond(begun).isEmpty()) {
      throw StartErrors.newTables(asked.tablesBeyond(begun));
    }
    if (!asked.schema().equals(begun.schema())) {
      throw StartErrors.anotherSchemaForm(begun.schema());
    }
    return LOG;
  }

  /** What a first capture finds must not be somebody else's. */
  private static void requireOwn(
      Optional<ReplicationSlot> slot, boolean topicsHoldRecords, boolean again) {
    if (topicsHoldRecords && !again) {
      throw StartErrors.foreignTopics();
    }
    if (slot.isPresent()) {
      throw StartErrors.foreignSlot(slot.get().name());
    }
  }

  /** A server that was promoted may lack commits that were captured from the one before. */
  private static void requireSameLog(Begun begun, long position, ServerLog log) {
    if (log.end() < position) {
      throw StartErrors.behind(log.end(), position);
    }
    if (begun.timeline() == 0 || begun.timeline() == log.timeline()) {
      return;
    }
    OptionalLong end = log.end(begun.timeline());
    if (end.isEmpty()) {
      throw StartErrors.forked(
          begun.timeline(),
          log.timeline(),
          "Where it left the earlier timeline is not known: this user may not read the history of"
              + " timelines (pg_read_file), or it does not lead there. Commits may be missing.");
    }
    if (end.getAsLong() < position) {
      throw StartErrors.forked(
          begun.timeline(),
          log.timeline(),
          "It left the earlier timeline at %s, and %s was captured: what was committed in between is in"
                  .formatted(StartErrors.lsn(end.getAsLong()), StartErrors.lsn(position))
              + " the topics, and not in the database.");
    }
  }

  private static void requireWholeLog(CaptureProgress progress, Optional<ReplicationSlot> slot) {
    if (slot.isEmpty()) {
      throw StartErrors.gap("The replication slot is gone.");
    }
    if (slot.get().lost()) {
      throw StartErrors.gap(
          "The replication slot has lost log that it needs (max_slot_wal_keep_size).");
    }
    if (slot.get().confirmed().orElse(0) > progress.position().orElseThrow()) {
      throw StartErrors.gap(
          "The replication slot begins after the last position that was captured: somebody else has"
              + " read it, or made it anew.");
    }
  }
}
