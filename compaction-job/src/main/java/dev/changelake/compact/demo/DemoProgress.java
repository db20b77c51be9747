package dev.changelake.compact.demo;

import dev.changelake.compact.console.StepPrinter;
import dev.changelake.compact.run.Progress;
import java.util.Locale;

/** Tells of a batch's steps in a few lines: its plan, and each table that changed. */
final class DemoProgress implements Progress {
  private static final String NOTHING = "0 inserted, 0 updated, 0 deleted";

  private final StepPrinter lines;

  DemoProgress(StepPrinter lines) {
    this.lines = lines;
  }

  @Override
  public void begins(String batch, int steps) {
    // The plan's line says it.
  }

  @Override
  public void done(Step step, String subject, String detail) {
    boolean said = step == Step.PLANNED || step == Step.MERGED && !detail.equals(NOTHING);
    if (said) {
      lines.done(step.name().toLowerCase(Locale.ROOT), subject, detail);
    }
  }
}
