package dev.changelake.compact.cli;

import dev.changelake.compact.result.Failures;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.io.PrintWriter;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** The one place where failures become messages and exit codes. */
final class ErrorPrinter implements IExecutionExceptionHandler {
  private static final Logger LOGGER = LoggerFactory.getLogger(ErrorPrinter.class);

  @Override
  public int handleExecutionException(
      Exception exception, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    if (isShuttingDown()) {
      // Spark stops in a hook of its own, and what still runs fails in many ways.
      err.println(
          "error: The command was ended from outside.\n  Why: its process got a signal."
              + "\n  Next: run it again: it goes on where it was.");
      err.flush();
      return ErrorCategory.INTERNAL.exitCode();
    }
    Optional<ChangelakeException> explained = Failures.explained(exception);
    if (explained.isEmpty()) {
      err.println("error: this is a bug in Changelake; please report it with these lines.");
      exception.printStackTrace(err);
      err.flush();
      return ErrorCategory.INTERNAL.exitCode();
    }
    ChangelakeException failure = explained.get();
    LOGGER.debug("failed", failure);
    err.println("error: " + failure.getMessage());
    err.flush();
    return failure.category().exitCode();
  }

  /**
   * The virtual machine takes no more hooks once it has begun to end; its exit code is set then.
   */
  private static boolean isShuttingDown() {
    Thread probe = new Thread(() -> {});
    try {
      Runtime.getRuntime().addShutdownHook(probe);
      Runtime.getRuntime().removeShutdownHook(probe);
      return false;
    } catch (IllegalStateException e) {
      return true;
    }
  }
}
