package dev.changelake.compact.plan;

import dev.changelake.compact.store.LakeFiles;
import dev.changelake.compact.store.OutputFiles;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A lake's files without a store. */
public final class InMemoryLakeFiles implements LakeFiles, OutputFiles {
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

  @Override
  public Optional<Tagged> readTagged(String path) {
    return read(path).map(content -> new Tagged(content, tag(content)));
  }

  @Override
  public void put(String path, byte[] content) {
    files.put(path, content);
  }

  @Override
  public boolean swap(String path, Optional<Tagged> seen, byte[] content) {
    if (!readTagged(path).map(Tagged::tag).equals(seen.map(Tagged::tag))) {
      return false;
    }
    put(path, content);
    return true;
  }

  @Override
  public void delete(String path) {
    files.remove(path);
  }

  @Override
  public void deleteFolder(String folder) {
    list(folder).forEach(name -> files.remove(folder + "/" + name));
  }

  @Override
  public void move(String from, String to) {
    files.put(to, files.remove(from));
  }

  private static String tag(byte[] content) {
    return Arrays.hashCode(content) + "";
  }

  /** Does what nobody may do: replaces a file. */
  public void tamper(String path, byte[] content) {
    files.put(path, content);
  }
}
