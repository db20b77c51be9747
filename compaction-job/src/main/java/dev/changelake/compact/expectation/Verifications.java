package dev.changelake.compact.expectation;

import dev.changelake.compact.batch.Manifest;
import dev.changelake.compact.lake.Lake;
import dev.changelake.compact.plan.BatchId;
import dev.changelake.compact.store.LakeFiles;
import dev.changelake.compact.store.OutputFiles;
import dev.changelake.compact.store.SealedJson;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Which batches are verified: a mark beside each one's manifest. */
public final class Verifications {
  private static final String FOLDER = "data/_changelake/verified";
  private static final String SUFFIX = ".json";

  private final LakeFiles files;
  private final OutputFiles removable;

  Verifications(LakeFiles files, OutputFiles removable) {
    this.files = files;
    this.removable = removable;
  }

  /** Those of a lake. */
  public static Verifications of(Lake lake) {
    return new Verifications(lake.files(), lake.outputs());
  }

  /** Whether the batch was verified and nothing in it was broken. */
  public boolean isVerified(Manifest manifest) {
    return find(manifest).isPresent();
  }

  /** The batch's mark; empty if the batch is not verified. */
  public Optional<Verification> find(Manifest manifest) {
    String path = path(manifest.plan().n(), manifest.batch());
    return files.read(path).map(bytes -> SealedJson.read(path, bytes, Verification.class));
  }

  /** All verified batches at one look. */
  public Verified all() {
    return new Verified(files.list(FOLDER).stream().collect(Collectors.toUnmodifiableSet()));
  }

  /** The verified batches of one moment, by the names of their marks. */
  public record Verified(Set<String> marks) {
    public boolean contains(long n, BatchId batch) {
      return marks.contains(name(n, batch));
    }
  }

  /** Marks the batch; a mark that is there stays. */
  void mark(Verification verification) {
    files.putIfAbsent(
        path(verification.plan().n(), verification.batch()), SealedJson.write(verification));
  }

  /** Takes the mark away from a batch in which something was found broken after all. */
  void withdraw(Manifest manifest) {
    removable.delete(path(manifest.plan().n(), manifest.batch()));
  }

  private static String path(long n, BatchId batch) {
    return FOLDER + "/" + name(n, batch);
  }

  private static String name(long n, BatchId batch) {
    return String.format(Locale.ROOT, "%08d.%s%s", n, batch, SUFFIX);
  }
}
