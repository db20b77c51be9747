package dev.changelake.oracle;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one line of Apache's Combined Log Format into the columns of the stored table. */
final class WeblogLine {

  private static final String QUOTED = "\"((?:[^\"\\\\]|\\\\.)*)\"";
  private static final Pattern COMBINED =
      Pattern.compile(
          "(\\S+) \\S+ (\\S+) \\[([^\\]]+)\\] "
              + QUOTED
              + " (\\d{3}) (\\d+|-) "
              + QUOTED
              + " "
              + QUOTED);
  private static final Pattern REQUEST = Pattern.compile("(\\S+) (\\S+)(?: \\S+)?");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("dd/MMM/uuuu:HH:mm:ss Z", Locale.ENGLISH);

  private WeblogLine() {}

  static Map<String, Object> parse(String line) {
    Matcher parts = COMBINED.matcher(line);
    if (!parts.matches()) {
      throw new Unusable("line is not in Combined Log Format");
    }
    Map<String, Object> cells = new TreeMap<>();
    cells.put("client_ip", parts.group(1));
    cells.put("user_name", orNull(parts.group(2)));
    cells.put("requested_at", time(parts.group(3)));
    Matcher request = REQUEST.matcher(parts.group(4));
    boolean known = request.matches();
    cells.put("method", known ? request.group(1) : null);
    cells.put("path", known ? request.group(2) : null);
    cells.put("status", Integer.valueOf(parts.group(5)));
    cells.put("bytes", bytes(parts.group(6)));
    cells.put("referer", orNull(parts.group(7)));
    cells.put("user_agent", orNull(parts.group(8)));
    return cells;
  }

  private static String orNull(String text) {
    return text.equals("-") ? null : text;
  }

  private static Instant time(String text) {
    try {
      return OffsetDateTime.parse(text, TIME).toInstant();
    } catch (DateTimeException e) {
      throw new Unusable("line has no Combined Log time");
    }
  }

  private static Long bytes(String text) {
    try {
      return text.equals("-") ? null : Long.valueOf(text);
    } catch (NumberFormatException e) {
      throw new Unusable("line has a size beyond bigint");
    }
  }
}
