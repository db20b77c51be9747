package dev.changelake.compact.crash;

import dev.changelake.compact.run.Progress;
import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** Tells each step in a line, and never returns from the one at which the run shall be killed. */
final class HaltingProgress implements Progress {
  /** A table whose merge made no commit: halting after it would leave no trace. */
  private static final String NOTHING_MERGED = "0 inserted, 0 updated, 0 deleted";

  private final PrintStream out;
  private final Optional<Step> halt;

  HaltingProgress(PrintStream out, Optional<Step> halt) {
    this.out = out;
    this.halt = halt;
  }

  @Override
  public void begins(String batch, int steps) {
    // Nothing to tell: the steps say it.
  }

  @Override
  public void done(Step step, String subject, String detail) {
    out.println("STEP " + step + " " + subject);
    if (halt.equals(Optional.of(step)) && !detail.equals(NOTHING_MERGED)) {
      out.println("REACHED " + step + " " + subject);
      blockForEver();
    }
  }

  private static void blockForEver() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
