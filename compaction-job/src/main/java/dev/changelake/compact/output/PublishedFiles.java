package dev.changelake.compact.output;

import dev.changelake.compact.plan.BatchId;
import dev.changelake.compact.plan.PlanName;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;

/**
 * The content of {@code _SUCCESS}: which files are the folder's, and from which batch.
 *
 * @param inputs a hash of everything that the content follows from: versions of tables, SQL, schema
 */
public record PublishedFiles(
    int schemaVersion,
    PlanName plan,
    BatchId batch,
    LocalDate businessDate,
    String inputs,
    List<OutputPart> files) {
  public static final int SCHEMA_VERSION = 1;

  public PublishedFiles {
    if (schemaVersion != SCHEMA_VERSION) {
      throw new IllegalArgumentException(
          "A _SUCCESS of version " + schemaVersion + " is not known");
    }
    Objects.requireNonNull(plan, "plan");
    Objects.requireNonNull(batch, "batch");
    Objects.requireNonNull(businessDate, "businessDate");
    Objects.requireNonNull(inputs, "inputs");
    files = List.copyOf(files);
  }

  /** How many rows all files hold. */
  public long rows() {
    return files.stream().mapToLong(OutputPart::rows).sum();
  }
}
