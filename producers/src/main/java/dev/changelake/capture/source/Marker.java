package dev.changelake.capture.source;

import java.util.Objects;

/**
 * A message that is written into the database's log to recognise a place in it.
 *
 * <p>All that was committed before is read before, since logical decoding follows the order of the
 * log.
 *
 * @param id tells one marker from another; it stands in the message's prefix, which is text in each
 *     of Debezium's modes, unlike its content
 */
public record Marker(String id) {
  private static final String PREFIX = "changelake.capture.";

  public Marker {
    Objects.requireNonNull(id, "id");
  }

  /** The {@code prefix} of the logical message. */
  public String prefix() {
    return PREFIX + id;
  }

  /** Whether a logical message is a marker, this one or that of another run. */
  public static boolean isMarker(String prefix) {
    return prefix.startsWith(PREFIX);
  }
}
