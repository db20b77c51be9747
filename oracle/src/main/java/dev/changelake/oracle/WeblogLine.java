package dev.changelake.oracle;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.HexFormat;
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
      DateTimeFormatter.ofPattern("dd/MMM/uuuu:HH:mm:ss Z", Locale.ENGLISH)
          .withResolverStyle(ResolverStyle.STRICT);

  /** A run of escaped bytes, none of them zero, or any other escape. */
  private static final Pattern ESCAPE =
      Pattern.compile("((?:\\\\x(?!00)[0-9a-fA-F]{2})+)|\\\\(.)", Pattern.DOTALL);

  private WeblogLine() {}

  static Map<String, Object> parse(String line) {
    Matcher parts = COMBINED.matcher(line);
    if (!parts.matches()) {
      throw new Unusable("line is not in Combined Log Format");
    }
    Map<String, Object> cells = new TreeMap<>();
    cells.put("client_ip", parts.group(1));
    String user = parts.group(2);
    cells.put("user_name", user.equals("\"\"") ? null : orNull(user));
    cells.put("requested_at", time(parts.group(3)));
    Matcher request = REQUEST.matcher(parts.group(4));
    boolean known = request.matches();
    cells.put("method", known ? unescaped(request.group(1)) : null);
    cells.put("path", known ? unescaped(request.group(2)) : null);
    cells.put("status", Integer.valueOf(parts.group(5)));
    cells.put("bytes", bytes(parts.group(6)));
    cells.put("referer", orNull(parts.group(7)));
    cells.put("user_agent", orNull(parts.group(8)));
    return cells;
  }

  private static String orNull(String text) {
    return text.equals("-") ? null : unescaped(text);
  }

  private static String unescaped(String text) {
    return ESCAPE
        .matcher(text)
        .replaceAll(
            escape ->
                Matcher.quoteReplacement(
                    escape.group(1) == null
                        ? character(escape.group(2))
                        : ofBytes(escape.group(1))));
  }

  private static String character(String escaped) {
    return switch (escaped) {
      case "\"", "\\" -> escaped;
      case "b" -> "\b";
      case "n" -> "\n";
      case "r" -> "\r";
      case "t" -> "\t";
      case "v" -> "\013";
      default -> "\\" + escaped;
    };
  }

  /** The text of bytes written {@code \xhh\xhh}; as written if they are not UTF-8. */
  private static String ofBytes(String run) {
    byte[] bytes = HexFormat.of().parseHex(run.replace("\\x", ""));
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return run;
    }
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
