package dev.changelake.produce;

import dev.changelake.produce.cli.ProduceCommand;

/** The producer's command line. */
public final class ProduceMain {
  private ProduceMain() {}

  /** Runs the command and exits with its code. */
  public static void main(String[] args) {
    System.exit(ProduceCommand.run(System.getenv(), System.out, System.err, args));
  }
}
