package dev.changelake.compact.cli;

import dev.changelake.compact.plan.BatchId;
import dev.changelake.compact.result.Failures;
import dev.changelake.compact.result.RunId;
import dev.changelake.compact.result.RunResult;
import dev.changelake.error.Failure;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How commands that end with a result print it, and what exit code they have. */
final class ResultOption {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--json",
      description = "Print the run's result as JSON, that of a failed run too.")
  private boolean json;

  @Option(
      names = "--run",
      paramLabel = "<id>",
      description =
          "The run's id; its result is kept as data/_changelake/results/<batch>/<id>.json, for a"
              + " scheduler that sees no exit code.")
  private String run;

  /** What is done, by a run that may have an id. */
  interface Work {
    RunResult by(Optional<RunId> run) throws Exception;
  }

  /** Runs the work, prints its result, and tells the exit code. */
  int end(String command, BatchId batch, Work work) throws Exception {
    Optional<RunId> id = CompactCommand.usage(spec, () -> Optional.ofNullable(run).map(RunId::new));
    Instant started = Clock.systemUTC().instant();
    ResultPrinter printer = new ResultPrinter(spec.commandLine().getOut());
    RunResult result;
    try {
      result = work.by(id);
    } catch (Exception e) {
      // There was no lake yet that could keep a result.
      if (json) {
        Failures.explained(e)
            .map(
                failure ->
                    RunResult.failed(command, batch, failure, started, Clock.systemUTC().instant()))
            .ifPresent(failed -> printer.print(failed, true));
      }
      throw e;
    }
    printer.print(result, json);
    result
        .failure()
        .ifPresent(failure -> spec.commandLine().getErr().println("error: " + failure.message()));
    return result.failure().map(Failure::exitCode).orElse(0);
  }
}
