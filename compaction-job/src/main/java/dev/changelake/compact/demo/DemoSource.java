package dev.changelake.compact.demo;

import java.util.Locale;

/** Where the demo's changes come from; the words are those of {@code produce --into}. */
public enum DemoSource {
  /** The mock platform publishes its changes itself. */
  KAFKA("records"),
  /** It writes transactions into PostgreSQL, whose log is captured. */
  DATABASE("changes");

  private final String written;

  DemoSource(String written) {
    this.written = written;
  }

  /** What the platform writes, in the plural. */
  String written() {
    return written;
  }

  /** The word on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
