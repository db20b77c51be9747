package dev.changelake.capture.source;

import java.util.Objects;

/**
 * A message that is written into the database's log to recognise a place in it.
 *
 * <p>All that was committed before is read before, since logical decoding follows the order of the
 * log.
 *
 * @param content tells one marker from another
 */
public record Marker(String content) {
  /** The {@code prefix} of PostgreSQL's logical messages that are Changelake's own. */
  public static final String PREFIX = "changelake.capture";

  public Marker {
    Objects.requireNonNull(content, "content");
  }
}
