package dev.changelake.produce.feed;

import java.util.Objects;

/**
 * A change at its place in the source's log.
 *
 * @param snapshot Debezium's marker: {@code first}, {@code true}, {@code last} of a snapshot, or
 *     {@code false}
 */
public record ChangeEvent(Change change, String snapshot, long lsn, long txId) {
  public ChangeEvent {
    Objects.requireNonNull(change, "change");
    Objects.requireNonNull(snapshot, "snapshot");
  }
}
