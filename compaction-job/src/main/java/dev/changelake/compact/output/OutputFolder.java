package dev.changelake.compact.output;

import dev.changelake.compact.batch.Manifest;
import dev.changelake.compact.plan.PlanName;
import dev.changelake.compact.result.Output;
import dev.changelake.compact.store.OutputFiles;
import dev.changelake.compact.store.OutputFiles.Tagged;
import dev.changelake.compact.store.SealedJson;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One folder of plain files that readers may trust when {@code _SUCCESS} lists them.
 *
 * <p>Files come first, then {@code _SUCCESS} is swapped in, then files of earlier publishes go. Of
 * several batches that publish to one folder the highest n stands at the end, whoever is last.
 */
public final class OutputFolder {
  private static final String SUCCESS = "_SUCCESS";

  /** {@code part-00000-00000007.000-1a2b3c4d.csv}: the plan and the inputs are in the name. */
  private static final Pattern PART =
      Pattern.compile("part-\\d{5}-(\\d{8}\\.\\d{3})-[0-9a-f]{8}\\..+");

  private static final int HASH_SHOWN = 8;

  private final OutputFiles files;
  private final String path;

  public OutputFolder(OutputFiles files, String path) {
    this.files = files;
    this.path = path;
  }

  /** What came of a publish. */
  public record Published(Output.Outcome outcome, long rows) {}

  /** Writes the folder's files; called again if somebody removed them meanwhile. */
  public interface Writer {
    /**
     * Writes the files.
     *
     * @param names gives a file's name by its number and suffix
     */
    List<OutputPart> write(PartNames names);
  }

  /** The names of one publish's files. */
  public record PartNames(PlanName plan, String inputs) {
    public String name(int number, String suffix) {
      return "part-%05d-%s-%s.%s".formatted(number, plan, inputs.substring(0, HASH_SHOWN), suffix);
    }
  }

  /** The folder's path under the lake's root. */
  public String path() {
    return path;
  }

  /** What {@code _SUCCESS} lists; empty if nothing was published here. */
  public Optional<PublishedFiles> standing() {
    return files.readTagged(success()).map(this::parse);
  }

  /** Publishes a batch's files, unless they or those of a later batch are there. */
  public Published publish(Manifest manifest, String inputs, Writer writer) {
    while (true) {
      Optional<Tagged> seen = files.readTagged(success());
      Optional<PublishedFiles> standing = seen.map(this::parse);
      if (standing.isPresent() && standing.get().plan().n() > manifest.plan().n()) {
        // What was written here while the later batch published is nobody's.
        deleteEarlier(standing.get());
        return new Published(Output.Outcome.SUPERSEDED, standing.get().rows());
      }
      boolean same =
          standing.isPresent()
              && standing.get().inputs().equals(inputs)
              && isComplete(standing.get());
      List<OutputPart> parts =
          same ? standing.get().files() : writer.write(new PartNames(manifest.plan(), inputs));
      PublishedFiles ours =
          new PublishedFiles(
              PublishedFiles.SCHEMA_VERSION,
              manifest.plan(),
              manifest.batch(),
              manifest.businessDate(),
              inputs,
              parts);
      boolean stands =
          standing.equals(Optional.of(ours)) || files.swap(success(), seen, SealedJson.write(ours));
      if (stands && isComplete(ours)) {
        deleteEarlier(ours);
        return new Published(same ? Output.Outcome.UNCHANGED : Output.Outcome.WRITTEN, ours.rows());
      }
    }
  }

  private boolean isComplete(PublishedFiles success) {
    return new HashSet<>(files.list(path))
        .containsAll(success.files().stream().map(OutputPart::name).toList());
  }

  /** Files of a later plan stay: its publish may be under way. */
  private void deleteEarlier(PublishedFiles standing) {
    Set<String> listed = new HashSet<>(standing.files().stream().map(OutputPart::name).toList());
    for (String name : files.list(path)) {
      Matcher part = PART.matcher(name);
      if (part.matches()
          && !listed.contains(name)
          && PlanName.parse(part.group(1)).compareTo(standing.plan()) <= 0) {
        files.delete(path + "/" + name);
      }
    }
  }

  private PublishedFiles parse(Tagged tagged) {
    return SealedJson.read(success(), tagged.content(), PublishedFiles.class);
  }

  private String success() {
    return path + "/" + SUCCESS;
  }
}
