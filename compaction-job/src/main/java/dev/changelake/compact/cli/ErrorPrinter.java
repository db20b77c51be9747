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
}
