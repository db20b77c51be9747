package dev.changelake.produce.store;

import java.util.Optional;

/**
 * A bucket that is read and never written: a put says what it would have said, and does nothing.
 */
public final class UnwrittenStore implements ObjectStore {
  private final ObjectStore store;

  public UnwrittenStore(ObjectStore store) {
    this.store = store;
  }

  @Override
  public Optional<byte[]> get(String path) {
    return store.get(path);
  }

  @Override
  public void put(String path, byte[] content) {}

  @Override
  public boolean putIfAbsent(String path, byte[] content) {
    return get(path).isEmpty();
  }

  @Override
  public void close() {
    store.close();
  }
}
