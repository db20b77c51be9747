package dev.changelake.capture;

import dev.changelake.capture.cli.CaptureCommand;
import java.util.Locale;

/** The command line of capturing. */
public final class CaptureMain {
  private CaptureMain() {}

  /** Runs the command and exits with its code. */
  public static void main(String[] args) {
    // What is printed and written must not depend on where the machine stands.
    Locale.setDefault(Locale.ROOT);
    System.exit(CaptureCommand.run(System.getenv(), System.out, System.err, args));
  }
}
