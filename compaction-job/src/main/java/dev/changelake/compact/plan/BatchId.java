package dev.changelake.compact.plan;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Pattern;

/** The name that people give a batch, {@code 2020-06-22} or {@code 2020-06-22.companies}. */
public record BatchId(String text) {
  private static final Pattern TEXT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  @JsonCreator
  public BatchId {
    if (!TEXT.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "a batch id is 1 to 100 letters, digits, '.', '_' and '-', starting with a letter or"
              + " digit, was "
              + text);
    }
  }

  /** The date that the id starts with, if it does. */
  public Optional<LocalDate> date() {
    String head = text.split("\\.", 2)[0];
    try {
      return Optional.of(LocalDate.parse(head));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  @Override
  @JsonValue
  public String toString() {
    return text;
  }
}
