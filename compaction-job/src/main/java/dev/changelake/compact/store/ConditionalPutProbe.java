package dev.changelake.compact.store;

import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.fs.EtagSource;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Finds out, by trying, whether a store honours the conditions of conditional puts. */
final class ConditionalPutProbe {
  /** Away from every table: Delta tells a new table by its empty folder. */
  private static final String FOLDER = "/data/_changelake/probe/";

  private ConditionalPutProbe() {}

  /**
   * Refuses a store that lets a second writer replace an object, or one that it saw in another
   * state. What it writes it deletes.
   *
   * @throws ChangelakeException of category table
   */
  static void require(FileSystem fileSystem) throws IOException {
    Path probe = new Path(new Path(fileSystem.getUri()), FOLDER + UUID.randomUUID().toString());
    try {
      boolean first = ConditionalPut.put(fileSystem, probe, bytes("first"));
      boolean second = ConditionalPut.put(fileSystem, probe, bytes("second"));
      if (!first || second) {
        throw ignores(
            fileSystem,
            "If-None-Match",
            "Without conditional puts two drivers could both commit one version of a table, and one"
                + " of the two commits would be lost.");
      }
      String seen = ((EtagSource) fileSystem.getFileStatus(probe)).getEtag();
      boolean replaced = ConditionalPut.put(fileSystem, probe, bytes("third"), Optional.of(seen));
      boolean stale = ConditionalPut.put(fileSystem, probe, bytes("fourth"), Optional.of(seen));
      if (!replaced || stale) {
        throw ignores(
            fileSystem,
            "If-Match",
            "Without it an older batch could replace the files of a newer one.");
      }
    } finally {
      fileSystem.delete(probe, false);
    }
  }

  private static ChangelakeException ignores(FileSystem fileSystem, String header, String why) {
    return new ChangelakeException(
            ErrorCategory.TABLE,
            "The object store at %s ignores %s.".formatted(fileSystem.getUri(), header),
            why,
            "Use a store that implements conditional writes, such as Amazon S3 or S3Proxy 4.")
        .notRetryable();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
