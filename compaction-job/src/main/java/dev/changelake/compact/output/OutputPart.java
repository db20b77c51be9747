package dev.changelake.compact.output;

import java.util.Objects;

/** One file of an output folder. */
public record OutputPart(String name, long bytes, String sha256, long rows) {
  public OutputPart {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(sha256, "sha256");
    if (bytes < 0 || rows < 0) {
      throw new IllegalArgumentException(
          "A file has bytes and rows, was %d and %d".formatted(bytes, rows));
    }
  }
}
