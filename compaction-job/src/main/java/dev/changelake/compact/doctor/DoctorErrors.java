package dev.changelake.compact.doctor;

import dev.changelake.contract.TableContract;
import dev.changelake.contract.TableContracts;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Why the doctor's command fails. */
public final class DoctorErrors {
  private DoctorErrors() {}

  /** Somebody asked for a table that no contract has. */
  public static ChangelakeException unknownTable(String table, TableContracts contracts) {
    return new ChangelakeException(
        ErrorCategory.USAGE,
        "There is no table %s.".formatted(table),
        "The contracts are those of %s."
            .formatted(
                contracts.all().stream()
                    .map(TableContract::table)
                    .collect(Collectors.joining(", "))),
        "Name one of them, or look at all by leaving --table out.");
  }

  /** The lake does not say what was landed: without it, what is lost would be a guess. */
  public static ChangelakeException ofLake(ChangelakeException failure) {
    return new ChangelakeException(
            failure.category(),
            failure.problem(),
            failure.why(),
            failure.remedy() + " Or look at the topics alone, with --without-lake.")
        .retryableAs(failure);
  }

  /**
   * What was found, as a failure; empty if the command succeeds.
   *
   * @param strict whether warnings fail it too
   */
  public static Optional<ChangelakeException> of(Diagnosis diagnosis, boolean strict) {
    Severity limit = strict ? Severity.WARNING : Severity.ERROR;
    TreeSet<String> codes = new TreeSet<>();
    TreeSet<String> tables = new TreeSet<>();
    for (Hazard hazard : diagnosis.hazards()) {
      if (hazard.kind().severity().compareTo(limit) <= 0) {
        codes.add(hazard.kind().code());
        tables.add(hazard.table());
      }
    }
    if (codes.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new ChangelakeException(
            ErrorCategory.DATA,
            "The topics of %s have hazards.".formatted(String.join(", ", tables)),
            "Found are %s; what each does to the tables is told with it."
                .formatted(String.join(", ", codes)),
            "Do what is told with each, then run `bin/changelake doctor` again."));
  }
}
