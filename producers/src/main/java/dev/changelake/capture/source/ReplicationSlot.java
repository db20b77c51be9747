package dev.changelake.capture.source;

import java.util.Optional;

/**
 * A replication slot as {@code pg_replication_slots} shows it: what keeps the log for the capture.
 *
 * @param readerPid the process that reads it at the moment
 * @param ready whether its beginning is found; while the server waits for transactions that are
 *     older than the slot, what is written into the log is not for the slot's readers
 * @param lost whether the server has removed log that the slot needs
 */
public record ReplicationSlot(String name, Optional<Integer> readerPid, boolean ready, boolean lost) {}
