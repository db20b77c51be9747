package dev.changelake.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;

/**
 * An exclusive lock on a file, which the operating system releases when its holder dies.
 *
 * <p>The lock tells who runs, never a process id, because ids are used again. A process must not
 * open a file on which it holds a lock a second time: closing that would release the lock.
 */
public final class StackLock implements AutoCloseable {
  private final FileChannel channel;

  private StackLock(FileChannel channel) {
    this.channel = channel;
  }

  public static Optional<StackLock> tryAcquire(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean held = false;
    try {
      FileLock lock = channel.tryLock();
      held = lock != null;
      return held ? Optional.of(new StackLock(channel)) : Optional.empty();
    } finally {
      if (!held) {
        channel.close();
      }
    }
  }

  /** Tries until the time is up. */
  public static Optional<StackLock> acquire(Path file, Duration limit)
      throws IOException, InterruptedException {
    Deadline deadline = Deadline.in(limit);
    Optional<StackLock> lock = tryAcquire(file);
    while (lock.isEmpty() && !deadline.passed()) {
      deadline.pause();
      lock = tryAcquire(file);
    }
    return lock;
  }

  /** Whether another process holds the lock; creates nothing. */
  public static boolean isHeld(Path file) throws IOException {
    if (!Files.exists(file)) {
      return false;
    }
    Optional<StackLock> lock = tryAcquire(file);
    if (lock.isPresent()) {
      lock.get().close();
    }
    return lock.isEmpty();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
