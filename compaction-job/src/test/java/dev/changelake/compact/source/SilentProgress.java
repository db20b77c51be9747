package dev.changelake.compact.source;

import dev.changelake.compact.run.Progress;

/** Tells nobody. */
final class SilentProgress implements Progress {
  @Override
  public void begins(String batch, int steps) {}

  @Override
  public void done(Step step, String subject, String detail) {}
}
