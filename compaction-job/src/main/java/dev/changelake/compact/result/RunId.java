package dev.changelake.compact.result;

import java.util.regex.Pattern;

/** A run's name, given by the scheduler that will look for its result in the lake. */
public record RunId(String text) {
  private static final Pattern TEXT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,249}");

  public RunId {
    if (!TEXT.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "a run id is 1 to 250 letters, digits, '.', '_' and '-', starting with a letter or digit,"
              + " was "
              + text);
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
