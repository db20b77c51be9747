package dev.changelake.compact.console;

import dev.changelake.compact.run.Progress;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Progress for people on standard error: a bar on a terminal, plain lines elsewhere. */
public final class ConsoleProgress implements Progress, AutoCloseable {
  private final boolean terminal = System.console() != null;
  private final StepPrinter lines = new StepPrinter(System.err);
  private ProgressBar bar;

  @Override
  public synchronized void begins(String batch, int steps) {
    if (terminal) {
      close();
      bar =
          new ProgressBarBuilder()
              .setTaskName(batch)
              .setInitialMax(steps)
              .setStyle(ProgressBarStyle.ASCII)
              .build();
    }
  }

  @Override
  public synchronized void done(Step step, String subject, String detail) {
    boolean counts = step == Step.LANDED || step == Step.MERGED;
    if (bar != null) {
      bar.setExtraMessage(step.name().toLowerCase(Locale.ROOT) + " " + subject);
      if (counts) {
        bar.step();
      }
      return;
    }
    lines.done(step.name().toLowerCase(Locale.ROOT).replace('_', ' '), subject, detail);
  }

  @Override
  public synchronized void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
