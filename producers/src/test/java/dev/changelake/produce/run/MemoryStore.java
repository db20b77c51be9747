package dev.changelake.produce.run;

import dev.changelake.produce.store.ObjectStore;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A bucket in memory that also tells what was asked of it. */
final class MemoryStore implements ObjectStore {
  final Map<String, byte[]> files = new TreeMap<>();
  private final List<String> journal;

  MemoryStore(List<String> journal) {
    this.journal = journal;
  }

  String text(String path) {
    return new String(files.get(path), StandardCharsets.UTF_8);
  }

  @Override
  public Optional<byte[]> get(String path) {
    return Optional.ofNullable(files.get(path));
  }

  @Override
  public void put(String path, byte[] content) {
    journal.add("put " + path);
    files.put(path, content);
  }

  @Override
  public boolean putIfAbsent(String path, byte[] content) {
    journal.add("put if absent " + path);
    return files.putIfAbsent(path, content) == null;
  }

  @Override
  public void close() {}
}
