package dev.changelake.envelope;

/**
 * Times of day, which are text in the lake: {@code 04:05:11.789000}.
 *
 * <p>Six digits of the second always, so that texts sort as the times do. PostgreSQL has 24:00:00
 * beside 00:00:00, and both stay what they are.
 */
final class TimeOfDay {
  /** Stands for what is no time of day. */
  static final long NONE = Long.MIN_VALUE;

  private static final long MICROS_OF_DAY = 86_400_000_000L;
  private static final int LENGTH = "HH:mm:ss.SSSSSS".length();

  private TimeOfDay() {}

  /** Whether there is such a time, up to 24:00. */
  static boolean is(long micros) {
    return micros >= 0 && micros <= MICROS_OF_DAY;
  }

  /** Whether a clock shows the time: 24:00 is the next day's. */
  static boolean isOnClock(long micros) {
    return micros >= 0 && micros < MICROS_OF_DAY;
  }

  /** Microseconds since midnight; {@link #NONE} if there is no such time. */
  static long micros(int hour, int minute, int second, long fraction) {
    if (hour < 0
        || minute < 0
        || minute > 59
        || second < 0
        || second > 59
        || fraction < 0
        || fraction > 999_999
        || hour > 24) {
      return NONE;
    }
    long micros = ((hour * 60L + minute) * 60 + second) * 1_000_000 + fraction;
    return is(micros) ? micros : NONE;
  }

  /**
   * Microseconds since midnight of text with a colon behind hour and minute, and up to nine digits
   * of the second; {@link #NONE} if it is none, or finer than a microsecond.
   */
  static long micros(String text) {
    int length = text.length();
    if (length < 8 || length == 9 || text.charAt(2) != ':' || text.charAt(5) != ':') {
      return NONE;
    }
    long fraction = length == 8 ? 0 : fraction(text);
    int hour = twoDigits(text, 0);
    int minute = twoDigits(text, 3);
    int second = twoDigits(text, 6);
    return micros(hour, minute, second, fraction);
  }

  /** -1 for what is no fraction in microseconds. */
  private static long fraction(String text) {
    if (text.charAt(8) != '.' || text.length() > 18) {
      return -1;
    }
    long nanos = 0;
    for (int i = 9; i < 18; i++) {
      int digit = i < text.length() ? text.charAt(i) - '0' : 0;
      if (digit < 0 || digit > 9) {
        return -1;
      }
      nanos = nanos * 10 + digit;
    }
    return nanos % 1000 == 0 ? nanos / 1000 : -1;
  }

  private static int twoDigits(String text, int at) {
    int tens = text.charAt(at) - '0';
    int ones = text.charAt(at + 1) - '0';
    return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones;
  }

  /** The text of a time of day. */
  static String text(long micros) {
    if (!is(micros)) {
      throw new IllegalArgumentException("A time of day lies between 00:00 and 24:00");
    }
    char[] text = new char[LENGTH];
    long seconds = micros / 1_000_000;
    put(text, 0, 2, seconds / 3600);
    text[2] = ':';
    put(text, 3, 2, seconds / 60 % 60);
    text[5] = ':';
    put(text, 6, 2, seconds % 60);
    text[8] = '.';
    put(text, 9, 6, micros % 1_000_000);
    return new String(text);
  }

  private static void put(char[] text, int at, int digits, long number) {
    long rest = number;
    for (int i = at + digits - 1; i >= at; i--) {
      text[i] = (char) ('0' + rest % 10);
      rest /= 10;
    }
  }
}
