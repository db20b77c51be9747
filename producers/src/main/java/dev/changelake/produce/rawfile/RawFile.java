package dev.changelake.produce.rawfile;

import java.util.Objects;

/** A file of the lake's raw zone; the path is relative to the bucket. */
public record RawFile(String path, byte[] content) {
  public RawFile {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(content, "content");
  }
}
