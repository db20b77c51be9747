package dev.changelake.capture.source;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server's write-ahead log: a standby that is promoted goes on with a timeline of its own.
 *
 * @param timeline the timeline that is written now
 * @param end where it ends
 * @param history PostgreSQL's history file of the timeline; empty if it cannot be read
 */
public record ServerLog(int timeline, long end, Optional<String> history) {
  private static final Pattern FORK =
      Pattern.compile("(?m)^\\s*(\\d+)\\s+([0-9A-Fa-f]+)/([0-9A-Fa-f]+)\\b");

  /** Where the history left that timeline; empty if that is not known. */
  public OptionalLong end(int earlier) {
    if (earlier == timeline) {
      return OptionalLong.of(end);
    }
    Matcher fork = FORK.matcher(history.orElse(""));
    while (fork.find()) {
      if (Integer.parseInt(fork.group(1)) == earlier) {
        return OptionalLong.of(
            (Long.parseLong(fork.group(2), 16) << 32) + Long.parseLong(fork.group(3), 16));
      }
    }
    return OptionalLong.empty();
  }
}
