package dev.changelake.compact.console;

import dev.changelake.compact.result.Finding;
import dev.changelake.compact.result.Load;
import dev.changelake.compact.result.Output;
import java.io.PrintStream;
import java.util.Locale;

/** Tells steps in plain lines, each with the seconds since the first could be told. */
public final class StepPrinter {
  private final PrintStream out;
  private final long started = System.nanoTime();

  public StepPrinter(PrintStream out) {
    this.out = out;
  }

  /** Tells of an output that is done. */
  public void done(Output output) {
    done(
        output.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '),
        output.name(),
        output.outcome().name().toLowerCase(Locale.ROOT)
            + output.load().map(StepPrinter::how).orElse(""));
  }

  private static String how(Load load) {
    return " (%s; %d inserted, %d updated, %d deleted)"
        .formatted(load.kind().text(), load.inserted(), load.updated(), load.deleted());
  }

  /** Tells of an expectation that was held against the batch. */
  public void done(Finding finding) {
    done(
        "expectation",
        finding.table() + ", " + finding.expectation(),
        finding.verdict() == Finding.Verdict.HOLDS
            ? "holds"
            : "%s in %d rows"
                .formatted(
                    finding.verdict().name().toLowerCase(Locale.ROOT), finding.violations()));
  }

  /** Tells that a step is done. */
  public synchronized void done(String step, String subject, Object detail) {
    out.printf(
        Locale.ROOT,
        "%6.1f s  %-15s %s: %s%n",
        (System.nanoTime() - started) / 1e9,
        step,
        subject,
        detail);
  }
}
