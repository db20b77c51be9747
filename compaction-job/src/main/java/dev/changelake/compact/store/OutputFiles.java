package dev.changelake.compact.store;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Files under the lake's root that a later run may replace. */
public interface OutputFiles {
  /** A file's content, and the tag by which the store tells it from other contents. */
  record Tagged(byte[] content, String tag) {
    public Tagged {
      Objects.requireNonNull(content, "content");
      Objects.requireNonNull(tag, "tag");
    }
  }

  /** The names of the files in a folder, sorted; empty if there is no such folder. */
  List<String> list(String folder);

  /** The file with its tag; empty if there is no such file. */
  Optional<Tagged> readTagged(String path);

  /** Writes the file, whatever stands there. */
  void put(String path, byte[] content);

  /**
   * Writes the file if it is still as it was seen.
   *
   * @param seen what stood there; empty for no file
   * @return whether the file now holds this content; false if somebody else changed it
   */
  boolean swap(String path, Optional<Tagged> seen, byte[] content);

  /** Deletes the file, if it is there. */
  void delete(String path);

  /** Deletes the folder with all that is in it, if it is there. */
  void deleteFolder(String folder);

  /** Gives a file another path, replacing what stands there; the same content is left to stand. */
  void move(String from, String to);
}
