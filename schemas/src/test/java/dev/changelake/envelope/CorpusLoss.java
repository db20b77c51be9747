package dev.changelake.envelope;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * What is lost before a message is sent, or cannot be told from something else in it. Each loss
 * says what arrives instead: anything else is a difference.
 */
enum CorpusLoss {
  NO_DECIMAL(
      "null: the connector has no such decimal",
      cell ->
          cell.postgresType().startsWith("numeric")
              && cell.isSpecial()
              && !cell.mode().containsKey("decimal.handling.mode"),
      cell -> null),
  NO_NANOSECONDS(
      "null: 64 bits of nanoseconds reach from 1677 to 2262",
      cell ->
          cell.is("time.precision.mode", "nanoseconds")
              && cell.postgresType().contains("without time zone"),
      cell -> each(cell.meant(), CorpusLoss::withinNanoseconds)),
  NO_PLACEHOLDER(
      "null: the connector has no placeholder for such a large value",
      cell -> cell.text().length() > 4_000 && hasNoPlaceholder(cell),
      cell -> null),
  NO_NAME(
      "null: the connector does not read the type from the log",
      cell -> cell.postgresType().equals("name") && !cell.operation().equals("r"),
      cell -> null),
  NO_UNKNOWN_TYPE(
      "the connector leaves the column out",
      cell ->
          Set.of("int4multirange", "interval[]").contains(cell.postgresType())
              && !cell.is("include.unknown.datatypes", "true"),
      cell -> null),
  DEFAULT(
      "a null is sent as the column's default",
      cell -> cell.is("value.converter.replace.null.with.default", "true") && cell.text() == null,
      cell -> "by default"),
  OLD_DATE(
      "no dates before Christ, and none that the change of calendars left out",
      cell ->
          cell.postgresType().equals("date[]")
              || cell.postgresType().equals("date") && cell.operation().equals("r"),
      cell -> each(cell.meant(), CorpusLoss::throughSqlDate)),
  MICROSECONDS(
      "microseconds are cut off",
      cell -> isCutToMillis(cell) && cell.text().contains("."),
      cell -> each(cell.meant(), CorpusLoss::cutToMillis)),
  END_OF_DAY(
      "24:00 is sent as 00:00",
      cell -> cell.postgresType().startsWith("time") && cell.text().startsWith("24:"),
      cell ->
          cell.postgresType().equals("time with time zone")
              ? inUtc(PostgresText.timetz(cell.text().replaceFirst("24", "00")))
              : "00:00:00.000000"),
  OFFSET(
      "the time is sent in UTC",
      cell -> cell.meant() instanceof OffsetTime,
      cell -> inUtc((OffsetTime) cell.meant())),
  LENGTH(
      "zeros in front are not sent",
      cell -> cell.postgresType().startsWith("bit varying"),
      cell -> CorpusCells.hex(PostgresText.bits(cell.text()))),
  INFINITE_INTERVAL(
      "infinity is sent as zero",
      cell -> cell.postgresType().equals("interval") && cell.isSpecial(),
      cell -> PostgresText.interval("PT0S")),
  DIGITS_OF_REAL(
      "without a schema the digits of a real are those of another double",
      cell ->
          cell.is("value.converter.schemas.enable", "false") && cell.postgresType().equals("real"),
      cell -> Double.parseDouble(Float.toString(Float.parseFloat(cell.text())))),
  DIMENSIONS(
      "one dimension, in which each inner array is null",
      cell -> cell.text().startsWith("{{"),
      cell -> each(cell.meant(), inner -> null)),
  BOUNDS(
      "bounds from 1",
      cell -> cell.text().startsWith("["),
      cell -> CorpusCells.meantElements(cell.postgresType(), cell.type(), cell.text())),
  NO_ELEMENT(
      "a null in the place of the whole array",
      cell ->
          cell.postgresType().matches("numeric.*\\[]") && cell.text().contains("NaN")
              || cell.postgresType().equals("mood[]") && cell.text().contains("NULL"),
      cell -> null),
  TIMES_OF_ARRAY(
      "cut to milliseconds, and 24:00 is sent as 00:00",
      cell -> cell.postgresType().equals("time without time zone[]"),
      cell -> each(cell.meant(), time -> fromMidnight(cutToMillis(time)))),
  ZONED_TIMES_OF_ARRAY(
      "in UTC, cut to seconds, and 24:00 is sent as 00:00",
      cell -> cell.postgresType().equals("time with time zone[]"),
      cell -> each(cell.meant(), CorpusLoss::zonedTimeOfArray)),
  JULIAN_TIMESTAMPS(
      "moved by the days between the calendars",
      cell -> cell.postgresType().equals("timestamp without time zone[]"),
      cell ->
          each(
              each(cell.meant(), CorpusLoss::readAsJulian),
              isCutToMillis(cell) ? CorpusLoss::cutToMillis : UnaryOperator.identity())),
  SPELLED_OUT(
      "null in a before: it looks like the placeholder",
      cell -> cell.image().equals("before") && spellsPlaceholder(cell.text()),
      cell -> null);

  private final String reason;
  private final Predicate<CorpusCell> when;
  private final Function<CorpusCell, Object> instead;

  CorpusLoss(String reason, Predicate<CorpusCell> when, Function<CorpusCell, Object> instead) {
    this.reason = reason;
    this.when = when;
    this.instead = instead;
  }

  String reason() {
    return reason;
  }

  /** The loss by which exactly this came. */
  static Optional<CorpusLoss> of(CorpusCell cell, Object said) {
    return Arrays.stream(values())
        .filter(loss -> cell.text() != null || loss == DEFAULT)
        .filter(loss -> loss.when.test(cell) && Objects.equals(loss.instead.apply(cell), said))
        .findFirst();
  }

  /** The value, or the elements of an array, changed. */
  private static Object each(Object meant, UnaryOperator<Object> change) {
    return meant instanceof List<?> elements
        ? elements.stream().map(change).collect(Collectors.toCollection(ArrayList::new))
        : change.apply(meant);
  }

  private static boolean isCutToMillis(CorpusCell cell) {
    return cell.is("time.precision.mode", "connect");
  }

  private static boolean hasNoPlaceholder(CorpusCell cell) {
    return switch (cell.postgresType()) {
      case "bytea" -> cell.mode().getOrDefault("binary.handling.mode", "").startsWith("base64");
      case "numeric" -> !cell.is("decimal.handling.mode", "string");
      case "bytea[]" -> cell.mode().containsKey("binary.handling.mode");
      case "date[]" ->
          cell.mode().getOrDefault("time.precision.mode", "").matches("connect|isostring");
      case "bit varying",
          "numeric[]",
          "double precision[]",
          "boolean[]",
          "timestamp without time zone[]",
          "timestamp with time zone[]" ->
          true;
      default -> false;
    };
  }

  private static Object withinNanoseconds(Object meant) {
    if (!(meant instanceof LocalDateTime || meant instanceof Instant)) {
      return meant;
    }
    Instant instant =
        meant instanceof LocalDateTime time ? time.toInstant(ZoneOffset.UTC) : (Instant) meant;
    boolean outside =
        instant.isBefore(Instant.ofEpochSecond(0, Long.MIN_VALUE))
            || instant.isAfter(Instant.ofEpochSecond(0, Long.MAX_VALUE));
    return outside ? null : meant;
  }

  /** The driver's java.sql.Date forgets the era, and has the calendar of 1582 in it. */
  private static Object throughSqlDate(Object meant) {
    if (!(meant instanceof LocalDate date)) {
      return meant;
    }
    if (date.getYear() < 1) {
      return date.withYear(1 - date.getYear());
    }
    boolean leftOut =
        date.isAfter(LocalDate.of(1582, 10, 4)) && date.isBefore(LocalDate.of(1582, 10, 15));
    return leftOut ? date.plusDays(10) : date;
  }

  /** The driver's java.sql.Timestamp takes what is before 15 October 1582 for a Julian date. */
  private static Object readAsJulian(Object meant) {
    if (!(meant instanceof LocalDateTime time) || time.getYear() > 1582) {
      return meant;
    }
    Calendar julian = new GregorianCalendar(TimeZone.getTimeZone("UTC"), Locale.ROOT);
    julian.clear();
    julian.set(time.getYear(), time.getMonthValue() - 1, time.getDayOfMonth());
    return LocalDateTime.of(
        LocalDate.ofInstant(julian.toInstant(), ZoneOffset.UTC), time.toLocalTime());
  }

  private static Object fromMidnight(Object time) {
    return "24:00:00.000000".equals(time) ? "00:00:00.000000" : time;
  }

  private static Object zonedTimeOfArray(Object meant) {
    if (meant instanceof String text) {
      return inUtc(PostgresText.timetz(text.replaceFirst("24", "00")));
    }
    return meant instanceof OffsetTime time ? inUtc(time).truncatedTo(ChronoUnit.SECONDS) : meant;
  }

  private static Object cutToMillis(Object meant) {
    if (meant instanceof LocalDateTime time) {
      return time.truncatedTo(ChronoUnit.MILLIS);
    }
    if (meant instanceof Instant instant) {
      return instant.truncatedTo(ChronoUnit.MILLIS);
    }
    return meant instanceof String time && time.length() == 15
        ? time.substring(0, 12) + "000"
        : meant;
  }

  private static OffsetTime inUtc(OffsetTime time) {
    return time.withOffsetSameInstant(ZoneOffset.UTC);
  }

  private static boolean spellsPlaceholder(String text) {
    return Set.of(
            "__debezium_unavailable_value",
            "\"__debezium_unavailable_value\"=>\"__debezium_unavailable_value\"",
            "\\x5f5f646562657a69756d5f756e617661696c61626c655f76616c7565",
            "{__debezium_unavailable_value}")
        .contains(text);
  }
}
