package dev.changelake.compact.plan;

import dev.changelake.compact.store.LakeFiles;
import dev.changelake.compact.store.SealedJson;
import java.util.List;
import java.util.Optional;

/** The one chain of plans, as it stands in the lake. */
public final class PlanChain {
  private static final String FOLDER = "data/_changelake/plans";
  private static final String SUFFIX = ".json";

  private final LakeFiles files;

  public PlanChain(LakeFiles files) {
    this.files = files;
  }

  /** The newest plan in its newest revision; empty in a new lake. */
  public Optional<Plan> last() {
    return names().stream().max(PlanName::compareTo).map(this::read);
  }

  /** A plan in a revision; empty if there is none. */
  public Optional<Plan> find(PlanName name) {
    return names().stream().filter(name::equals).findFirst().map(this::read);
  }

  /** The newest revision of plan n. */
  public Optional<Plan> newest(long n) {
    return names().stream().filter(name -> name.n() == n).max(PlanName::compareTo).map(this::read);
  }

  /** Adds a plan; false if another driver wrote a plan of this name first. */
  public boolean add(Plan plan) {
    return files.putIfAbsent(path(plan.name()), SealedJson.write(plan));
  }

  private Plan read(PlanName name) {
    String path = path(name);
    byte[] bytes =
        files
            .read(path)
            .orElseThrow(() -> new IllegalStateException(path + " was listed but is gone"));
    return SealedJson.read(path, bytes, Plan.class);
  }

  private List<PlanName> names() {
    return files.list(FOLDER).stream()
        .filter(file -> file.endsWith(SUFFIX))
        .map(PlanChain::name)
        .toList();
  }

  private static PlanName name(String file) {
    try {
      return PlanName.parse(file.substring(0, file.length() - SUFFIX.length()));
    } catch (IllegalArgumentException e) {
      throw PlanErrors.foreignFile(FOLDER + "/" + file);
    }
  }

  private static String path(PlanName name) {
    return FOLDER + "/" + name + SUFFIX;
  }
}
