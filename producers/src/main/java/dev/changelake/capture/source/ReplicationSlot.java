package dev.changelake.capture.source;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * A replication slot as {@code pg_replication_slots} shows it: what keeps the log for the capture.
 *
 * @param readerPid the process that reads it at the moment
 * @param confirmed up to where its readers have confirmed the log; absent while the server waits
 *     for transactions older than the slot, and what is written until then is not for its readers
 * @param lost whether the server has removed log that the slot needs
 */
public record ReplicationSlot(
    String name, Optional<Integer> readerPid, OptionalLong confirmed, boolean lost) {
  /** Whether what is written into the log from now on is for the slot's readers. */
  public boolean ready() {
    return confirmed.isPresent();
  }
}
