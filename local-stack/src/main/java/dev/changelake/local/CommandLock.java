package dev.changelake.local;

import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.AccessDeniedException;
import java.time.Duration;
import java.util.Optional;

/** Lets one command at a time start or stop the stack of a folder. */
final class CommandLock {
  private static final Duration LIMIT = Duration.ofMinutes(3);

  private CommandLock() {}

  static <T> T holding(StackDirectory directory, PrintStream progress, Work<T> work)
      throws IOException, InterruptedException {
    StackLock lock = acquire(directory, progress);
    try {
      return work.run();
    } finally {
      lock.close();
    }
  }

  private static StackLock acquire(StackDirectory directory, PrintStream progress)
      throws IOException, InterruptedException {
    Optional<StackLock> lock;
    try {
      lock = StackLock.tryAcquire(directory.commandLock());
    } catch (AccessDeniedException e) {
      throw directory.unusable(e);
    }
    if (lock.isEmpty()) {
      progress.println("waiting for another command that starts or stops this stack");
      lock = StackLock.acquire(directory.commandLock(), LIMIT);
    }
    return lock.orElseThrow(
        () ->
            new ChangelakeException(
                ErrorCategory.SOURCE,
                "The local stack in %s is busy.".formatted(directory.path()),
                "Another command has been starting or stopping it for %d minutes."
                    .formatted(LIMIT.toMinutes()),
                "End that command, then try again."));
  }

  /** What is done while the lock is held. */
  interface Work<T> {
    T run() throws IOException, InterruptedException;
  }
}
