package dev.changelake.produce.world;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;

/** The time of a log line, without the JDK's locale data, which differs between releases. */
final class LogTime {
  private static final List<String> MONTHS =
      List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

  private LogTime() {}

  /** As in {@code 22/Jun/2020:10:15:32 +0000}. */
  static String format(Instant instant) {
    LocalDateTime time = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    return twoDigits(time.getDayOfMonth())
        + "/"
        + MONTHS.get(time.getMonthValue() - 1)
        + "/"
        + time.getYear()
        + ":"
        + twoDigits(time.getHour())
        + ":"
        + twoDigits(time.getMinute())
        + ":"
        + twoDigits(time.getSecond())
        + " +0000";
  }

  private static String twoDigits(int number) {
    return number < 10 ? "0" + number : Integer.toString(number);
  }
}
