package dev.changelake.compact.batch;

import dev.changelake.compact.plan.BatchId;
import dev.changelake.compact.store.LakeFiles;
import dev.changelake.compact.store.SealedJson;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The manifests of all finished batches, as they stand in the lake. */
public final class Batches {
  private static final String FOLDER = "data/_changelake/batches";
  private static final String SUFFIX = ".json";
  private static final int NUMBER_LENGTH = 8;

  private final LakeFiles files;

  public Batches(LakeFiles files) {
    this.files = files;
  }

  /** A finished batch by its place in the chain and its name. */
  public record Entry(long n, BatchId batch) {
    private String path() {
      return "%s/%08d.%s%s".formatted(FOLDER, n, batch, SUFFIX);
    }
  }

  /** All finished batches, oldest first. */
  public List<Entry> all() {
    return files.list(FOLDER).stream()
        .filter(file -> file.endsWith(SUFFIX))
        .map(Batches::entry)
        .sorted(Comparator.comparingLong(Entry::n))
        .toList();
  }

  public Optional<Manifest> find(BatchId batch) {
    return all().stream().filter(entry -> entry.batch().equals(batch)).findFirst().map(this::read);
  }

  public Optional<Manifest> find(long n) {
    return all().stream().filter(entry -> entry.n() == n).findFirst().map(this::read);
  }

  /** The newest batch. */
  public Optional<Manifest> last() {
    return newest(manifest -> true);
  }

  /** The newest batch that was finished at that moment. */
  public Optional<Manifest> asOf(Instant moment) {
    return newest(manifest -> !manifest.createdAt().isAfter(moment));
  }

  /** The newest batch of that business date or an earlier one. */
  public Optional<Manifest> asOf(LocalDate date) {
    return newest(manifest -> !manifest.businessDate().isAfter(date));
  }

  /** The oldest batch of that business date or a later one. */
  public Optional<Manifest> firstFrom(LocalDate date) {
    Optional<Manifest> found = Optional.empty();
    for (Entry entry : newestFirst()) {
      Manifest manifest = read(entry);
      if (manifest.businessDate().isBefore(date)) {
        break;
      }
      found = Optional.of(manifest);
    }
    return found;
  }

  /**
   * Adds a manifest; one of this plan that is there already is the same one, or nothing is done.
   */
  public Manifest add(Manifest manifest) {
    Entry entry = new Entry(manifest.plan().n(), manifest.batch());
    files.putIfAbsent(entry.path(), SealedJson.write(manifest));
    return read(entry);
  }

  private Optional<Manifest> newest(Predicate<Manifest> wanted) {
    return newestFirst().stream().map(this::read).filter(wanted).findFirst();
  }

  private List<Entry> newestFirst() {
    return all().stream().sorted(Comparator.comparingLong(Entry::n).reversed()).toList();
  }

  private Manifest read(Entry entry) {
    byte[] bytes =
        files
            .read(entry.path())
            .orElseThrow(() -> new IllegalStateException(entry.path() + " was listed but is gone"));
    return SealedJson.read(entry.path(), bytes, Manifest.class);
  }

  private static Entry entry(String file) {
    return new Entry(
        Long.parseLong(file.substring(0, NUMBER_LENGTH)),
        new BatchId(file.substring(NUMBER_LENGTH + 1, file.length() - SUFFIX.length())));
  }
}
