package dev.changelake.capture;

import dev.changelake.capture.cli.CaptureCommand;
import java.util.Locale;
import java.util.TimeZone;

/** The command line of capturing. */
public final class CaptureMain {
  private CaptureMain() {}

  /** Runs the command and exits with its code. */
  public static void main(String[] args) {
    // What is printed and written must not depend on where the machine stands: Debezium reads the
    // timestamps of arrays as the clock of the JVM's zone shows them.
    Locale.setDefault(Locale.ROOT);
    TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
    System.exit(CaptureCommand.run(System.getenv(), System.out, System.err, args));
  }
}
