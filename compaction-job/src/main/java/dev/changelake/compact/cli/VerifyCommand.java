package dev.changelake.compact.cli;

import dev.changelake.compact.batch.Manifest;
import dev.changelake.compact.expectation.VerifyRun;
import dev.changelake.compact.lake.BatchRun.Outcome;
import dev.changelake.compact.load.Warehouse;
import dev.changelake.compact.load.Warehouses;
import dev.changelake.compact.publish.ParityRun;
import dev.changelake.compact.report.Reports;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code verify --batch B}: whether a batch keeps what the contracts promise, or the warehouse has
 * what it has.
 */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Holds a finished batch against what the contracts promise: keys, required columns, foreign"
          + " keys, row counts, dates; marks it as verified if nothing is broken.",
      "What the next batch can still bring is told as torn, and is no failure."
    })
final class VerifyCommand implements Callable<Integer> {
  /** What a result calls the comparison with the warehouse, which marks nothing as verified. */
  static final String WAREHOUSE = "verify --warehouse";

  @Mixin private BatchCommand batch;

  @Option(
      names = "--again",
      description = {
        "Look again at a batch that is verified, for example after a contract has changed; what is"
            + " found broken takes the mark away."
      })
  private boolean again;

  @Option(
      names = "--warehouse",
      description = {
        "Compare the warehouse instead: each value of its tables and reports with those of the"
            + " batch, which it must hold. Tells rows, a checksum, and the keys that differ."
      })
  private boolean warehouse;

  @Override
  public Integer call() throws Exception {
    return warehouse
        ? batch.run(WAREHOUSE, VerifyCommand::parity)
        : batch.run("verify", this::expectations);
  }

  private Outcome expectations(Manifest manifest, BatchCommand.Context context) {
    return new VerifyRun(context.spark(), context.lake(), context.contracts(), Clock.systemUTC())
        .run(manifest, again, context.progress()::done);
  }

  private static Outcome parity(Manifest manifest, BatchCommand.Context context) {
    Warehouse target =
        Warehouses.of(context.settings(), context.spark(), context.lake())
            .orElseThrow(
                () ->
                    new ChangelakeException(
                        ErrorCategory.USAGE,
                        "There is no warehouse to compare with.",
                        "The configuration has no warehouse.url.",
                        "Set it, or leave --warehouse out."));
    return new ParityRun(
            context.spark(),
            context.lake(),
            context.contracts(),
            Reports.load(context.settings().reportsDirectory(), context.contracts()),
            target)
        .run(manifest, context.progress()::done);
  }
}
