package dev.changelake.local;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Tells a process from a later one with the same id. */
public record ProcessMark(long pid, Instant started) {
  /** The system's start times are rounded, and move a little when the clock is set. */
  private static final Duration SAME_START = Duration.ofSeconds(5);

  public static ProcessMark of(ProcessHandle process) {
    return new ProcessMark(process.pid(), start(process));
  }

  /** The process, unless its id now belongs to another one, or to none. */
  public Optional<ProcessHandle> process() {
    return ProcessHandle.of(pid)
        .filter(
            process -> Duration.between(started, start(process)).abs().compareTo(SAME_START) < 0);
  }

  private static Instant start(ProcessHandle process) {
    return process.info().startInstant().orElse(Instant.EPOCH);
  }
}
