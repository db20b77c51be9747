package dev.changelake.compact.cli;

import dev.changelake.compact.expectation.VerifyRun;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code verify --batch B}: whether a batch keeps what the contracts promise. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Holds a finished batch against what the contracts promise: keys, required columns, foreign"
          + " keys, row counts, dates; marks it as verified if nothing is broken.",
      "What the next batch can still bring is told as torn, and is no failure."
    })
final class VerifyCommand implements Callable<Integer> {
  @Mixin private BatchCommand batch;

  @Option(
      names = "--again",
      description = {
        "Look again at a batch that is verified, for example after a contract has changed; what is"
            + " found broken takes the mark away."
      })
  private boolean again;

  @Override
  public Integer call() throws Exception {
    return batch.run(
        "verify",
        (manifest, context) ->
            new VerifyRun(context.spark(), context.lake(), context.contracts(), Clock.systemUTC())
                .run(manifest, again, context.progress()::done));
  }
}
