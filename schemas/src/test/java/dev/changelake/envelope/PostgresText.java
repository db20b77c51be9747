package dev.changelake.envelope;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What PostgreSQL's own text of a value means, by the rules of PostgreSQL's manual: DateStyle ISO,
 * TimeZone UTC, IntervalStyle iso_8601, hexadecimal bytea. It shares nothing with the decoder.
 */
final class PostgresText {
  private static final Pattern DATE = Pattern.compile("(\\d{4,7})-(\\d\\d)-(\\d\\d)( BC)?");
  private static final Pattern TIMESTAMP =
      Pattern.compile("(\\d{4,6}-\\d\\d-\\d\\d) ([0-9:.]+)(\\+00)?( BC)?");
  private static final Pattern TIMETZ = Pattern.compile("([0-9:.]+)([+-]\\d\\d)(?::(\\d\\d))?");
  private static final String QUOTED = "\"([^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+)\"";
  private static final Pattern HSTORE =
      Pattern.compile(QUOTED + "=>(?:NULL|" + QUOTED + ")(?:, )?", Pattern.DOTALL);
  private static final Pattern ARRAY_TOKEN =
      Pattern.compile("[{},]|" + QUOTED + "|[^{},\"]+", Pattern.DOTALL);
  private static final Pattern DURATION =
      Pattern.compile(
          "P(?:(-?\\d+)Y)?(?:(-?\\d+)M)?(?:(-?\\d+)D)?"
              + "(?:T(?:(-?\\d+)H)?(?:(-?\\d+)M)?(?:(-?[0-9.]+)S)?)?");

  private PostgresText() {}

  static LocalDate date(String text) {
    Matcher parts = matched(DATE, text);
    int year = Integer.parseInt(parts.group(1));
    // The year 1 BC is the year 0 of ISO 8601.
    return LocalDate.of(
        parts.group(4) == null ? year : 1 - year,
        Integer.parseInt(parts.group(2)),
        Integer.parseInt(parts.group(3)));
  }

  /** As the lake writes a time of day. */
  static String time(String text) {
    return (text.length() == 8 ? text + "." : text)
        + "0".repeat(6 - Math.max(0, text.length() - 9));
  }

  static LocalDateTime timestamp(String text) {
    Matcher parts = matched(TIMESTAMP, text);
    return LocalDateTime.of(
        date(parts.group(1) + (parts.group(4) == null ? "" : parts.group(4))),
        LocalTime.parse(parts.group(2)));
  }

  static Instant timestamptz(String text) {
    if (!text.contains("+00")) {
      throw new IllegalArgumentException("Not in UTC");
    }
    return timestamp(text).toInstant(ZoneOffset.UTC);
  }

  /** Not 24:00, which no Java class has. */
  static OffsetTime timetz(String text) {
    Matcher parts = matched(TIMETZ, text);
    String minutes = parts.group(3) == null ? "00" : parts.group(3);
    return OffsetTime.of(
        LocalTime.parse(parts.group(1)), ZoneOffset.of(parts.group(2) + ":" + minutes));
  }

  /** Months, days and seconds, which PostgreSQL keeps apart. */
  static String interval(String iso8601) {
    Matcher parts = matched(DURATION, iso8601);
    long months = number(parts, 1).longValueExact() * 12 + number(parts, 2).longValueExact();
    BigDecimal seconds =
        number(parts, 4)
            .multiply(BigDecimal.valueOf(3600))
            .add(number(parts, 5).multiply(BigDecimal.valueOf(60)))
            .add(number(parts, 6));
    return "%d months, %s days, %s seconds"
        .formatted(months, number(parts, 3), seconds.stripTrailingZeros().toPlainString());
  }

  private static BigDecimal number(Matcher parts, int group) {
    return parts.group(group) == null ? BigDecimal.ZERO : new BigDecimal(parts.group(group));
  }

  static byte[] bytea(String text) {
    if (!text.startsWith("\\x")) {
      throw new IllegalArgumentException("Not hexadecimal");
    }
    return HexFormat.of().parseHex(text.substring(2));
  }

  /** The last digit is the lowest bit of the first byte; zeros in front give no byte. */
  static byte[] bits(String digits) {
    BitSet bits = new BitSet();
    for (int i = 0; i < digits.length(); i++) {
      bits.set(i, digits.charAt(digits.length() - 1 - i) == '1');
    }
    return bits.toByteArray();
  }

  static BigDecimal money(String text) {
    return new BigDecimal(text.replace("$", "").replace(",", ""));
  }

  static Map<String, String> hstore(String text) {
    Map<String, String> map = new LinkedHashMap<>();
    Matcher pair = HSTORE.matcher(text);
    int at = 0;
    while (at < text.length()) {
      if (!pair.find(at) || pair.start() != at) {
        throw new IllegalArgumentException("No hstore");
      }
      map.put(unescaped(pair.group(1)), pair.group(2) == null ? null : unescaped(pair.group(2)));
      at = pair.end();
    }
    return map;
  }

  /** The elements of an array, null or text; those of one with dimensions are lists. */
  static List<Object> array(String text) {
    Matcher token = ARRAY_TOKEN.matcher(text.replaceFirst("^[^{]*=", ""));
    Deque<List<Object>> open = new ArrayDeque<>(List.of(new ArrayList<>()));
    while (token.lookingAt()) {
      switch (token.group().charAt(0)) {
        case '{' -> open.push(new ArrayList<>());
        case '}' -> {
          List<Object> closed = open.pop();
          open.peek().add(closed);
        }
        case ',' -> {}
        case '"' -> open.peek().add(unescaped(token.group(1)));
        default -> open.peek().add(token.group().equals("NULL") ? null : token.group());
      }
      token.region(token.end(), token.regionEnd());
    }
    if (token.regionStart() != token.regionEnd() || open.size() != 1) {
      throw new IllegalArgumentException("No array");
    }
    return new ArrayList<>((List<?>) open.pop().get(0));
  }

  private static String unescaped(String text) {
    return Pattern.compile("\\\\(.)", Pattern.DOTALL).matcher(text).replaceAll("$1");
  }

  private static Matcher matched(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("Does not match " + pattern);
    }
    return matcher;
  }
}
