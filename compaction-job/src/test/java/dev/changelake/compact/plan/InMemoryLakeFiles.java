package dev.changelake.compact.plan;

import dev.changelake.compact.store.LakeFiles;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A lake's files without a store. */
public final class InMemoryLakeFiles implements LakeFiles {
  private final SortedMap<String, byte[]> files = new TreeMap<>();

  @Override
  public Optional<byte[]> read(String path) {
    return Optional.ofNullable(files.get(path));
  }

  @Override
  public boolean putIfAbsent(String path, byte[] content) {
    return files.putIfAbsent(path, content) == null;
  }

  @Override
  public List<String> list(String folder) {
    return files.keySet().stream()
        .filter(path -> path.startsWith(folder + "/"))
        .map(path -> path.substring(folder.length() + 1))
        .toList();
  }

  /** Does what nobody may do: replaces a file. */
  public void tamper(String path, byte[] content) {
    files.put(path, content);
  }
}
