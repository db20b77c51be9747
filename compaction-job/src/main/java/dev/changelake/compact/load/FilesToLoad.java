package dev.changelake.compact.load;

import dev.changelake.compact.output.PublishedFiles;
import java.util.List;
import java.util.Objects;

/**
 * Published files of one table or report.
 *
 * @param folder the folder's URI
 */
public record FilesToLoad(String folder, Format format, PublishedFiles published) {
  public FilesToLoad {
    Objects.requireNonNull(folder, "folder");
    Objects.requireNonNull(format, "format");
    Objects.requireNonNull(published, "published");
  }

  /** How the files are written. */
  public enum Format {
    PARQUET,
    /** With a header; null is an empty field. */
    CSV
  }

  List<String> paths() {
    return published.files().stream().map(file -> folder + "/" + file.name()).toList();
  }
}
