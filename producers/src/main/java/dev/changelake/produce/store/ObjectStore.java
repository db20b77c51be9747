package dev.changelake.produce.store;

import java.util.Optional;

/** The lake's bucket; each path is relative to it, each put is whole or not at all. */
public interface ObjectStore extends AutoCloseable {
  /** The content at that path. */
  Optional<byte[]> get(String path);

  /** Writes the content, over whatever was there. */
  void put(String path, byte[] content);

  /**
   * Writes the content if nothing is there.
   *
   * @return whether it was written
   */
  boolean putIfAbsent(String path, byte[] content);

  @Override
  void close();
}
