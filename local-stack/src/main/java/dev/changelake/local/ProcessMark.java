package dev.changelake.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Distinguishes a process from a later one with the same id, whatever happens to the clock.
 *
 * <p>Linux counts a process's start in ticks since the machine was started. What Java gives there
 * as the start ({@link ProcessHandle.Info#startInstant}) is that count added to the clock's opinion
 * of when the machine was started, which moves with each step of the clock: NTP, a suspended
 * laptop, a virtual machine that is resumed. Other systems keep the time that was read at the
 * start.
 *
 * @param start when the process was started: on Linux {@code <the machine's start>/<ticks>}, else a
 *     UTC time
 */
public record ProcessMark(long pid, String start) {
  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

  /**
   * Of the fields that follow the program's name in {@code /proc/<pid>/stat}; proc(5) has it as
   * 22nd of all.
   */
  private static final int START_FIELD = 19;

  public ProcessMark {
    Objects.requireNonNull(start, "start");
  }

  /** The mark of a process, empty if it has ended. */
  public static Optional<ProcessMark> of(ProcessHandle process) {
    return start(process).map(start -> new ProcessMark(process.pid(), start));
  }

  /** The process, unless its id now belongs to another one, or to none. */
  public Optional<ProcessHandle> process() {
    return ProcessHandle.of(pid).filter(process -> of(process).equals(Optional.of(this)));
  }

  private static Optional<String> start(ProcessHandle process) {
    if (!Files.exists(BOOT)) {
      return process.info().startInstant().map(Instant::toString);
    }
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
      // The program's name, in parentheses, may hold blanks and parentheses of its own.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 1).trim().split(" ");
      return Optional.of(Files.readString(BOOT).trim() + "/" + fields[START_FIELD]);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      if (!process.isAlive()) {
        // It ended between the opening of its file and the reading.
        return Optional.empty();
      }
      throw new UncheckedIOException(e);
    }
  }
}
