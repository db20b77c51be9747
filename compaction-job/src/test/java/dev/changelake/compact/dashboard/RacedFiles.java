package dev.changelake.compact.dashboard;

import dev.changelake.compact.lake.Lake;
import dev.changelake.compact.store.OutputFiles;
import java.util.List;
import java.util.Optional;

/** A store where another driver comes in between, once: after something was first looked at. */
final class RacedFiles implements OutputFiles {
  private final OutputFiles files;
  private Runnable other;

  RacedFiles(OutputFiles files, Runnable other) {
    this.files = files;
    this.other = other;
  }

  /** The same lake, seen by the driver that is raced. */
  Lake lake(Lake lake) {
    return new Lake(
        lake.id(),
        lake.layout(),
        lake.files(),
        this,
        lake.plans(),
        lake.batches(),
        lake.results(),
        lake.retention(),
        lake.clock());
  }

  @Override
  public Optional<Tagged> readTagged(String path) {
    Optional<Tagged> seen = files.readTagged(path);
    Runnable now = other;
    other = () -> {};
    now.run();
    return seen;
  }

  @Override
  public List<String> list(String folder) {
    return files.list(folder);
  }

  @Override
  public void put(String path, byte[] content) {
    files.put(path, content);
  }

  @Override
  public boolean swap(String path, Optional<Tagged> seen, byte[] content) {
    return files.swap(path, seen, content);
  }

  @Override
  public void delete(String path) {
    files.delete(path);
  }

  @Override
  public void deleteFolder(String folder) {
    files.deleteFolder(folder);
  }

  @Override
  public void move(String from, String to) {
    files.move(from, to);
  }
}
