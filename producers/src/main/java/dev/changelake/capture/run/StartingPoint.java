package dev.changelake.capture.run;

import dev.changelake.capture.source.ReplicationSlot;
import dev.changelake.capture.topic.CapturePhase;
import dev.changelake.capture.topic.CaptureProgress;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.util.Optional;

/** Where a capture begins. */
enum StartingPoint {
  /** With a snapshot of all rows, and a new replication slot from that moment on. */
  SNAPSHOT,
  /** After what an earlier run has published. */
  LOG;

  /**
   * Decides.
   *
   * @param slot the slot as it is now
   * @param topicsHoldRecords whether any of the tables' topics does
   * @param again whether the user asked for another snapshot
   * @throws ChangelakeException if only the user can decide, since rows or changes may be lost
   */
  static StartingPoint decide(
      CaptureProgress progress,
      Optional<ReplicationSlot> slot,
      boolean topicsHoldRecords,
      boolean again) {
    if (again) {
      return SNAPSHOT;
    }
    if (progress.phase().isEmpty()) {
      if (topicsHoldRecords) {
        throw refused(
            "The topics hold records that no capture of this database has published.",
            "Positions of two sources do not compare: rows of one would hide those of the other.",
            "Use empty topics and a new lake; or, if the topics are this database's and only the"
                + " capture's own topic of offsets is gone, run `bin/changelake capture"
                + " --snapshot-again`.");
      }
      return SNAPSHOT;
    }
    if (progress.phase().get() == CapturePhase.SNAPSHOT || !progress.streams()) {
      return SNAPSHOT;
    }
    if (slot.isEmpty() || slot.get().lost()) {
      throw refused(
          "The database no longer keeps the log that follows what was captured.",
          slot.isEmpty()
              ? "The replication slot is gone."
              : "The replication slot has lost log that it needs (max_slot_wal_keep_size).",
          "Run `bin/changelake capture --snapshot-again`: rows will be as the database has them, and"
              + " those deleted meanwhile go; the changes in between are lost.");
    }
    return LOG;
  }

  private static ChangelakeException refused(String problem, String why, String remedy) {
    return new ChangelakeException(ErrorCategory.SOURCE, problem, why, remedy).notRetryable();
  }
}
