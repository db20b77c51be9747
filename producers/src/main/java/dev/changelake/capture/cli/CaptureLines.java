package dev.changelake.capture.cli;

import java.io.PrintStream;
import java.util.Map;
import java.util.function.Consumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** Shows how many records are published: a bar on a terminal, plain lines elsewhere. */
final class CaptureLines implements Consumer<Map<String, Long>>, AutoCloseable {
  private static final long BETWEEN_NANOS = 10_000_000_000L;
  private static final long UNKNOWN = -1;

  private final PrintStream err;
  private final ProgressBar bar;
  private long shown;
  private long last = System.nanoTime();

  CaptureLines(PrintStream err) {
    this.err = err;
    this.bar =
        System.console() == null
            ? null
            : new ProgressBarBuilder().setTaskName("published").setInitialMax(UNKNOWN).build();
  }

  @Override
  public void accept(Map<String, Long> records) {
    long sum = records.values().stream().mapToLong(Long::longValue).sum();
    if (bar != null) {
      bar.stepTo(sum);
    } else if (sum != shown && System.nanoTime() - last > BETWEEN_NANOS) {
      err.println("published: " + sum + " records");
      shown = sum;
      last = System.nanoTime();
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
