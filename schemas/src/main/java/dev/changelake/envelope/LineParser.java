package dev.changelake.envelope;

import dev.changelake.contract.Column;
import dev.changelake.contract.TableContract;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes a line in Apache's Combined Log Format apart.
 *
 * <p>The format is {@code %h %l %u %t "%r" %>s %b "%{Referer}i" "%{User-agent}i"}, as Apache's
 * documentation of mod_log_config gives it; {@code -} stands for no value. Escapes are resolved by
 * {@link LogEscapes}. A request that is not a method and a path leaves both without a value.
 */
final class LineParser {
  private static final String QUOTED = "\"((?:[^\"\\\\]|\\\\.)*+)\"";
  private static final Pattern COMBINED =
      Pattern.compile(
          "(\\S++) \\S++ (\\S++) \\[([^\\]]++)\\] %s (\\d{3}) (\\d{1,18}|-) %s %s"
              .formatted(QUOTED, QUOTED, QUOTED));
  private static final Pattern REQUEST = Pattern.compile("(\\S++) (\\S++)(?: \\S++)?");

  /** English months whatever the locale, and no 30th of February. */
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("dd/")
          .appendText(ChronoField.MONTH_OF_YEAR, months())
          .appendPattern("/uuuu:HH:mm:ss Z")
          .toFormatter()
          .withResolverStyle(ResolverStyle.STRICT);

  private final List<Column> columns;
  private final int line;

  LineParser(TableContract contract) {
    this.columns = contract.columns();
    this.line =
        columns.indexOf(contract.column(contract.parse().orElseThrow().column()).orElseThrow());
  }

  /** Fills the parsed columns of the row from its line. */
  void parse(Object[] row) throws Quarantine {
    Map<String, Object> parsed = combined((String) row[line]);
    for (int i = 0; i < row.length; i++) {
      Column column = columns.get(i);
      if (column.parsed()) {
        row[i] = parsed.get(column.name());
        if (row[i] == null && !column.nullable()) {
          throw new Quarantine(QuarantineReason.BROKEN_LINE, "no " + column.name());
        }
      }
    }
  }

  /** The values of one line, named and typed as the contract's format says. */
  private static Map<String, Object> combined(String text) throws Quarantine {
    Matcher matcher = COMBINED.matcher(text);
    if (!matcher.matches()) {
      throw new Quarantine(QuarantineReason.BROKEN_LINE, "not in Combined Log Format");
    }
    Map<String, Object> values = new HashMap<>();
    values.put("client_ip", matcher.group(1));
    String user = matcher.group(2);
    values.put("user_name", user.equals("\"\"") ? null : value(user));
    values.put("requested_at", time(matcher.group(3)));
    Matcher request = REQUEST.matcher(matcher.group(4));
    if (request.matches()) {
      values.put("method", LogEscapes.resolve(request.group(1)));
      values.put("path", LogEscapes.resolve(request.group(2)));
    }
    values.put("status", Integer.valueOf(matcher.group(5)));
    String bytes = matcher.group(6);
    values.put("bytes", bytes.equals("-") ? null : Long.valueOf(bytes));
    values.put("referer", value(matcher.group(7)));
    values.put("user_agent", value(matcher.group(8)));
    return values;
  }

  private static Instant time(String text) throws Quarantine {
    try {
      Instant time = OffsetDateTime.parse(text, TIME).toInstant();
      if (WireTimestamps.isRepresentable(time)) {
        return time;
      }
    } catch (DateTimeException e) {
      // Not a time: told below.
    }
    throw new Quarantine(QuarantineReason.BROKEN_LINE, "the time is not one");
  }

  private static String value(String text) {
    return text.equals("-") ? null : LogEscapes.resolve(text);
  }

  private static Map<Long, String> months() {
    List<String> names =
        List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");
    Map<Long, String> months = new HashMap<>();
    names.forEach(name -> months.put(months.size() + 1L, name));
    return months;
  }
}
