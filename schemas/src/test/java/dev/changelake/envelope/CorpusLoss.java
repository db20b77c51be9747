package dev.changelake.envelope;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

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
              && isLocalTimestamp(cell)
              && !cell.isSpecial()
              && isOutsideNanoseconds(PostgresText.timestamp(cell.text())),
      cell -> null),
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
          cell.postgresType().equals("int4multirange")
              && !cell.is("include.unknown.datatypes", "true"),
      cell -> null),
  DEFAULT(
      "a null is sent as the column's default",
      cell -> cell.is("value.converter.replace.null.with.default", "true") && cell.text() == null,
      cell -> "by default"),
  OLD_DATE(
      "a snapshot has no dates before Christ, and none that the change of calendars left out",
      cell -> cell.postgresType().equals("date") && cell.operation().equals("r"),
      cell -> throughSqlDate(PostgresText.date(cell.text()))),
  MICROSECONDS(
      "microseconds are cut off",
      cell -> cell.is("time.precision.mode", "connect") && cell.text().contains("."),
      cell -> cutToMillis(cell.meant())),
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

  private static boolean isLocalTimestamp(CorpusCell cell) {
    return cell.postgresType().startsWith("timestamp")
        && cell.postgresType().endsWith("without time zone");
  }

  private static boolean hasNoPlaceholder(CorpusCell cell) {
    return switch (cell.postgresType()) {
      case "bytea" -> cell.mode().getOrDefault("binary.handling.mode", "").startsWith("base64");
      case "numeric" -> !cell.is("decimal.handling.mode", "string");
      case "bit varying" -> true;
      default -> false;
    };
  }

  private static boolean isOutsideNanoseconds(LocalDateTime time) {
    Instant instant = time.toInstant(ZoneOffset.UTC);
    return instant.isBefore(Instant.ofEpochSecond(0, Long.MIN_VALUE))
        || instant.isAfter(Instant.ofEpochSecond(0, Long.MAX_VALUE));
  }

  /** The driver's java.sql.Date forgets the era, and has the calendar of 1582 in it. */
  private static LocalDate throughSqlDate(LocalDate date) {
    if (date.getYear() < 1) {
      return date.withYear(1 - date.getYear());
    }
    boolean leftOut =
        date.isAfter(LocalDate.of(1582, 10, 4)) && date.isBefore(LocalDate.of(1582, 10, 15));
    return leftOut ? date.plusDays(10) : date;
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
            "\\x5f5f646562657a69756d5f756e617661696c61626c655f76616c7565")
        .contains(text);
  }
}
