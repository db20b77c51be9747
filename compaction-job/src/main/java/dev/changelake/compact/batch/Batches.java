package dev.changelake.compact.batch;

import dev.changelake.compact.plan.BatchId;
import dev.changelake.compact.store.LakeFiles;
import dev.changelake.compact.store.SealedJson;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The manifests of all finished batches, as they stand in the lake. */
public final class Batches {
  private static final String FOLDER = "data/_changelake/batches";
  private static final String SUFFIX = ".json";
  private static final Pattern NAME = Pattern.compile("(\\d{8})\\.(.+)\\.json");

  private final LakeFiles files;

  public Batches(LakeFiles files) {
    this.files = files;
  }

  /** A finished batch by its place in the chain and its name. */
  public record Entry(long n, BatchId batch) {
    private String path() {
      return String.format(Locale.ROOT, "%s/%08d.%s%s", FOLDER, n, batch, SUFFIX);
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

  /** The manifest of a batch that {@link #all} tells of. */
  public Manifest read(Entry entry) {
    byte[] bytes =
        files
            .read(entry.path())
            .orElseThrow(() -> new IllegalStateException(entry.path() + " was listed but is gone"));
    return SealedJson.read(entry.path(), bytes, Manifest.class);
  }

  private static Entry entry(String file) {
    Matcher name = NAME.matcher(file);
    if (!name.matches()) {
      throw new ChangelakeException(
              ErrorCategory.TABLE,
              "The file %s/%s is no manifest.".formatted(FOLDER, file),
              "Changelake alone writes to that folder, and its names are like"
                  + " 00000007.2020-06-22.json.",
              "Move the file away, then run the command again.")
          .notRetryable();
    }
    return new Entry(Long.parseLong(name.group(1)), new BatchId(name.group(2)));
  }
}
