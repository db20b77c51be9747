package dev.changelake.produce.cli;

import dev.changelake.produce.run.Progress;
import java.io.PrintStream;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** Shows progress as a bar on a terminal, as plain lines elsewhere. */
final class Progresses {
  private Progresses() {}

  static Progress on(PrintStream err) {
    return System.console() != null
        ? Progresses::bar
        : (name, steps) -> new Lines(err, name, steps);
  }

  private static Progress.Stage bar(String name, long steps) {
    ProgressBar bar = new ProgressBarBuilder().setTaskName(name).setInitialMax(steps).build();
    return new Progress.Stage() {
      @Override
      public void step() {
        bar.step();
      }

      @Override
      public void close() {
        bar.close();
      }
    };
  }

  /** Says how many steps there are, and now and then how many are done. */
  private static final class Lines implements Progress.Stage {
    private static final long FEWEST_BETWEEN = 10_000;

    private final PrintStream err;
    private final String name;
    private final long steps;
    private final long between;
    private long done;

    Lines(PrintStream err, String name, long steps) {
      this.err = err;
      this.name = name;
      this.steps = steps;
      this.between = Math.max(FEWEST_BETWEEN, steps / 10);
      err.println(name + ": " + steps + " to write");
    }

    @Override
    public void step() {
      done++;
      if (done % between == 0 || done == steps) {
        err.println(name + ": " + done + " of " + steps);
      }
    }

    @Override
    public void close() {
      err.flush();
    }
  }
}
