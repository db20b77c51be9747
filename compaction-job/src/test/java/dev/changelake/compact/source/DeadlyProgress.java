package dev.changelake.compact.source;

import dev.changelake.compact.run.Progress;

/** Ends the run when a step is done for the first time. */
final class DeadlyProgress implements Progress {
  private final Step last;

  DeadlyProgress(Step last) {
    this.last = last;
  }

  @Override
  public void begins(String batch, int steps) {}

  @Override
  public void done(Step step, String subject, String detail) {
    if (step == last) {
      throw new Death();
    }
  }

  /** The end of the run. */
  static final class Death extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
