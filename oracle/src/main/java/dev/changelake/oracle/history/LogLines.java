package dev.changelake.oracle.history;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

/** Invents lines of a web server's log in Combined Log Format. */
final class LogLines {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH);
  private static final List<String> AGENTS =
      List.of(
          "-",
          "Ada's \\\"browser\\\" \\\\ \\xc3\\xb6\\xE2\\x82\\xAC",
          "\\t\\x00\\xff\\x41\\q",
          "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36",
          "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X)");

  private static final List<String> USERS =
      List.of("-", "\"\"", "ada", "b\\xc3\\xb6b", "c\\\\d", "user5");

  /** What the names among them mean. */
  private static final List<String> USER_NAMES = List.of("ada", "böb", "c\\d", "user5");

  private final Random random;

  LogLines(Random random) {
    this.random = random;
  }

  /** The name of a customer that occurs in lines; only some customers do, each by its own. */
  static Optional<String> userName(long customerId) {
    return customerId < 1 || customerId > USER_NAMES.size()
        ? Optional.empty()
        : Optional.of(USER_NAMES.get((int) customerId - 1));
  }

  /** Mostly 10.0.0.0/16, now and then 2001:db8::/32, or a name as servers that look it up write. */
  private String address() {
    int host = random.nextInt(256 * 256);
    return switch (random.nextInt(8)) {
      case 0 -> "2001:db8::" + Integer.toHexString(host);
      case 1 -> "host" + host + ".example.com";
      default -> "10.0." + host / 256 + "." + host % 256;
    };
  }

  private String request() {
    String path = "/p/" + random.nextInt(99) + "?q=%C3%A9";
    return switch (random.nextInt(4)) {
      case 0 -> "GET " + path + "\\xc3\\xa9\\\" HTTP/1.1";
      case 1 -> "\\x16\\x03\\x01";
      default -> "GET " + path + " HTTP/1.1";
    };
  }

  String line(LocalDate day) {
    OffsetDateTime time =
        day.atStartOfDay()
            .plusSeconds(random.nextInt(86_400))
            .atOffset(ZoneOffset.ofHours(random.nextInt(3) == 0 ? -5 : 0));
    return "%s - %s [%s] \"%s\" %d %s \"%s\" \"%s\""
        .formatted(
            address(),
            USERS.get(random.nextInt(USERS.size())),
            time.format(TIME),
            random.nextInt(8) == 0 ? "-" : request(),
            List.of(200, 304, 404, 500).get(random.nextInt(4)),
            random.nextInt(4) == 0 ? "-" : String.valueOf(random.nextLong(6_000_000_000L)),
            random.nextInt(3) == 0 ? "-" : "https://example.com/" + random.nextInt(9),
            AGENTS.get(random.nextInt(AGENTS.size())));
  }
}
