package dev.changelake.local;

import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;

/** The one place where failures of this module's commands become messages and exit codes. */
public final class FailedCommand {
  private FailedCommand() {}

  /** Tells the failure on stderr, with a stack trace if it is a bug; returns the exit code. */
  public static int told(Exception e) {
    if (e instanceof ChangelakeException known && known.category() != ErrorCategory.INTERNAL) {
      System.err.println("error: " + known.getMessage());
      return known.category().exitCode();
    }
    e.printStackTrace();
    return ErrorCategory.INTERNAL.exitCode();
  }
}
