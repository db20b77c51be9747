package dev.changelake.local.airflow;

import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import dev.changelake.local.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;

/**
 * The last day that the scheduler of a folder goes to, kept from one start to the next: without it,
 * a restart would go on from yesterday, and no day before that could ever be run again.
 */
final class ScheduledDays {
  static final String NONE = "none";

  private final Path file;

  ScheduledDays(Path home) {
    this.file = home.resolve("last-day");
  }

  /**
   * The last day, as it is given or was given before.
   *
   * @param given a date; {@link #NONE} to go on without a last day
   * @throws ChangelakeException of category usage if it is neither
   */
  Optional<LocalDate> lastDay(Optional<String> given) throws IOException {
    if (given.isPresent()) {
      Optional<LocalDate> day = parse(given.get());
      PrivateFile.write(file, given.get());
      return day;
    }
    return Files.exists(file) ? parse(Files.readString(file)) : Optional.empty();
  }

  private static Optional<LocalDate> parse(String text) {
    if (text.equals(NONE)) {
      return Optional.empty();
    }
    try {
      return Optional.of(LocalDate.parse(text));
    } catch (DateTimeException e) {
      throw new ChangelakeException(
          ErrorCategory.USAGE,
          "'%s' is no last day.".formatted(text),
          "It is a date such as 2020-06-24, or %s.".formatted(NONE),
          "Give one of them with --last-day.");
    }
  }
}
