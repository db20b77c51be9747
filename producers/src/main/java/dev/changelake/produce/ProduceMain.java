package dev.changelake.produce;

import dev.changelake.produce.cli.ProduceCommand;
import java.util.Locale;

/** The producer's command line. */
public final class ProduceMain {
  private ProduceMain() {}

  /** Runs the command and exits with its code. */
  public static void main(String[] args) {
    // What is printed and written must not depend on where the machine stands.
    Locale.setDefault(Locale.ROOT);
    System.exit(ProduceCommand.run(System.getenv(), System.out, System.err, args));
  }
}
