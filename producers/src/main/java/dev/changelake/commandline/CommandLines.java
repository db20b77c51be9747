package dev.changelake.commandline;

import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.io.PrintStream;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Sets a command line up so that each failure is told briefly and has the code of its category. */
public final class CommandLines {
  private CommandLines() {}

  /** A command line that writes to these streams. */
  public static CommandLine of(Object command, PrintStream out, PrintStream err) {
    return new CommandLine(command)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler((e, args) -> badUsage(e, err))
        .setExecutionExceptionHandler((e, line, parsed) -> failure(e, err));
  }

  private static int badUsage(ParameterException e, PrintStream err) {
    CommandLine line = e.getCommandLine();
    err.println("error: " + e.getMessage());
    UnmatchedArgumentException.printSuggestions(e, line.getErr());
    err.println(
        "  Next: `%s --help` tells what it takes."
            .formatted(line.getCommandSpec().qualifiedName()));
    return ErrorCategory.USAGE.exitCode();
  }

  private static int failure(Exception e, PrintStream err) {
    if (e instanceof ChangelakeException known && known.category() != ErrorCategory.INTERNAL) {
      err.println("error: " + known.getMessage());
      return known.category().exitCode();
    }
    e.printStackTrace(err);
    return ErrorCategory.INTERNAL.exitCode();
  }
}
