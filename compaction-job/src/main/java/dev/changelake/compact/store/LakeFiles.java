package dev.changelake.compact.store;

import java.util.List;
import java.util.Optional;

/** Small files under the lake's root, each written once and never changed. */
public interface LakeFiles {
  /** The file's content; empty if there is no such file. */
  Optional<byte[]> read(String path);

  /**
   * Writes the file unless it exists.
   *
   * @return whether the file now holds exactly this content because of this call, or of an earlier
   *     attempt of it whose answer was lost; false if somebody else was first
   */
  boolean putIfAbsent(String path, byte[] content);

  /** The names of the files in a folder, sorted; empty if there is no such folder. */
  List<String> list(String folder);
}
