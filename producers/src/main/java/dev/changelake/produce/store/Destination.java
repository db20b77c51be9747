package dev.changelake.produce.store;

import java.util.Arrays;
import java.util.Locale;

/** Where the platform's changes are written. */
public enum Destination {
  /** Straight to the topics, as Debezium would publish them. */
  KAFKA("Kafka"),
  /** As transactions of the source database, whose log `capture` publishes. */
  DATABASE("the source database");

  private final String words;

  Destination(String words) {
    this.words = words;
  }

  /** The destination as a sentence names it. */
  public String words() {
    return words;
  }

  static Destination fromCode(String code) {
    return Arrays.stream(values())
        .filter(destination -> destination.toString().equals(code))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("into must be kafka or database, was " + code));
  }

  /** The word on the command line and in files. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
