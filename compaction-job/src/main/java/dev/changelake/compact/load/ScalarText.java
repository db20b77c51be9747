package dev.changelake.compact.load;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.chrono.IsoEra;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.SignStyle;
import java.time.temporal.ChronoField;
import java.util.Locale;

/**
 * Scalars as both kinds of databases read them: exact decimals, times in UTC to the microsecond.
 */
final class ScalarText {
  private static final int YEAR_DIGITS = 4;
  private static final int MOST_YEAR_DIGITS = 9;

  private static final DateTimeFormatter DATE =
      new DateTimeFormatterBuilder()
          .appendValue(
              ChronoField.YEAR_OF_ERA, YEAR_DIGITS, MOST_YEAR_DIGITS, SignStyle.NOT_NEGATIVE)
          .appendPattern("-MM-dd")
          .toFormatter(Locale.ROOT);

  private static final DateTimeFormatter DATE_TIME =
      new DateTimeFormatterBuilder()
          .append(DATE)
          .appendPattern(" HH:mm:ss.SSSSSS")
          .toFormatter(Locale.ROOT);

  private ScalarText() {}

  static String of(Object value) {
    if (value instanceof BigDecimal number) {
      return number.toPlainString();
    }
    if (value instanceof LocalDate date) {
      return DATE.format(date) + era(date);
    }
    if (value instanceof LocalDateTime time) {
      return DATE_TIME.format(time) + era(time.toLocalDate());
    }
    if (value instanceof Instant instant) {
      LocalDateTime time = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
      return DATE_TIME.format(time) + "+00" + era(time.toLocalDate());
    }
    return value.toString();
  }

  private static String era(LocalDate date) {
    return date.getEra() == IsoEra.BCE ? " BC" : "";
  }
}
