package dev.changelake.compact.run;

import dev.changelake.compact.batch.Manifest;
import dev.changelake.compact.lake.Lake;
import dev.changelake.compact.plan.Acceptance;
import dev.changelake.compact.plan.BatchId;
import dev.changelake.compact.plan.Plan;
import dev.changelake.compact.plan.PlanName;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.time.LocalDate;
import java.util.Optional;

/** What can be wrong with the batch that a run is asked for. */
final class RunErrors {
  private RunErrors() {}

  /** The business date of a new batch: as given, else as its id says; it never goes back. */
  static LocalDate dateOf(
      BatchId batch, Optional<LocalDate> given, Optional<Plan> last, Lake lake) {
    LocalDate date =
        given
            .or(batch::date)
            .orElseThrow(
                () ->
                    usage(
                        "The batch %s has no business date.".formatted(batch),
                        "Its id does not start with a date.",
                        "Say it with --date, for example --date 2020-06-22."));
    if (last.isPresent() && date.isBefore(last.get().businessDate())) {
      String holder =
          lake.batches()
              .firstFrom(date)
              .map(manifest -> manifest.batch().text())
              .orElse(last.get().batch().text());
      throw usage(
          "The business date %s lies before that of batch %s (%s)."
              .formatted(date, last.get().batch(), last.get().businessDate()),
          "Business dates never go back; the events of that date are in batch %s."
              .formatted(holder),
          "Read that batch, for example with `bin/changelake query --as-of %s`.".formatted(holder));
    }
    return date;
  }

  static void requireSameDate(Manifest manifest, Optional<LocalDate> given) {
    requireSameDate(manifest.batch(), manifest.businessDate(), given);
  }

  static void requireSameDate(Plan plan, Optional<LocalDate> given) {
    requireSameDate(plan.batch(), plan.businessDate(), given);
  }

  private static void requireSameDate(BatchId batch, LocalDate planned, Optional<LocalDate> given) {
    if (given.isPresent() && !given.get().equals(planned)) {
      throw usage(
          "The batch %s has the business date %s, not %s.".formatted(batch, planned, given.get()),
          "It was planned before, and a plan is frozen.",
          "Leave --date out, or choose another batch id.");
    }
  }

  /** A frozen batch takes no decision by a run: it would be dropped without a word. */
  static void requireUndecided(Plan plan, Optional<Acceptance> acceptance) {
    if (acceptance.isPresent() && !acceptance.equals(plan.acceptance())) {
      throw usage(
          "The batch %s is frozen already, without this decision.".formatted(plan.batch()),
          "What a run accepts counts when its batch is planned; later a revision says it.",
          "Run `bin/changelake compact revise --batch %s` with the same options, then the batch"
                  .formatted(plan.batch())
              + " again without them.");
    }
  }

  /** Requires that the batch was finished in the revision that was worked on. */
  static void requireRevision(Plan plan, Manifest manifest) {
    if (!manifest.plan().equals(plan.name())) {
      throw new ChangelakeException(
              ErrorCategory.TABLE,
              "The batch %s was finished as revision %s while %s was worked on."
                  .formatted(plan.batch(), manifest.plan(), plan.name()),
              "Another driver was further. The decision of revision %s does not count."
                  .formatted(plan.name()),
              "Look at the batch as it is. If tables were changed under the other revision, the next"
                  + " batch names them, and the version to restore.")
          .notRetryable();
    }
  }

  /** Requires that nobody revised the plan while it was worked on. */
  static void requireNewest(Plan plan, Optional<Plan> newest) {
    if (newest.isPresent() && !newest.get().name().equals(plan.name())) {
      throw new ChangelakeException(
          ErrorCategory.TABLE,
          "The batch %s was revised while a run worked on %s.".formatted(plan.batch(), plan.name()),
          "Revision %s counts now.".formatted(newest.get().name()),
          "Run the same command again; it works on the new revision.");
    }
  }

  static ChangelakeException nothingToRevise(BatchId batch) {
    return usage(
        "The batch %s cannot be revised.".formatted(batch),
        "Only the newest batch can, while it has no manifest.",
        "Look at data/_changelake/batches for the finished batches.");
  }

  static ChangelakeException nothingToReplay(BatchId batch) {
    return usage(
        "There is nothing to replay in batch %s.".formatted(batch),
        "No quarantined record of the topics as they are now fits what was asked for.",
        "Look at them with `bin/changelake quarantine list`.");
  }

  static ChangelakeException revisedBySomebodyElse(PlanName name) {
    return usage(
        "The revision %s exists already.".formatted(name),
        "Somebody else revised the batch at the same time.",
        "Read their decision in data/_changelake/plans/%s.json, then decide again."
            .formatted(name));
  }

  private static ChangelakeException usage(String problem, String why, String remedy) {
    return new ChangelakeException(ErrorCategory.USAGE, problem, why, remedy);
  }
}
