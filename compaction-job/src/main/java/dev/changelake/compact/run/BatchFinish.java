package dev.changelake.compact.run;

import dev.changelake.compact.batch.Manifest;
import dev.changelake.compact.lake.Lake;
import dev.changelake.compact.ledger.TableLedger;
import dev.changelake.compact.plan.Plan;
import dev.changelake.compact.plan.Planner;
import dev.changelake.error.ChangelakeException;
import java.util.List;

/**
 * Takes a frozen plan to its manifest. Where tables have to follow their sources, a revision of the
 * plan says so, which decodes again what was landed.
 */
final class BatchFinish {
  private final Lake lake;
  private final Planner planner;
  private final BatchExecution execution;
  private final Progress progress;

  BatchFinish(Lake lake, Planner planner, BatchExecution execution, Progress progress) {
    this.lake = lake;
    this.planner = planner;
    this.execution = execution;
    this.progress = progress;
  }

  /**
   * Finishes the batch.
   *
   * @param warnings takes what people should know of it
   */
  Manifest of(Plan plan, List<String> warnings) {
    plan.topics().stream()
        .filter(topic -> topic.behindOpenTransactions() > 0)
        .forEach(
            topic ->
                warnings.add(
                    "%d offsets of %s stood behind an open transaction when the batch was frozen;"
                            .formatted(topic.behindOpenTransactions(), topic.topic())
                        + " they belong to a later batch"));
    warnings.addAll(AlignmentText.of(plan, planner.aligns()));
    planner
        .notFollowed(plan)
        .forEach(
            table ->
                warnings.add(
                    "%s is retired: its contract is there, and its topic is not read"
                        .formatted(table)));
    BatchExecution.Finished done = executed(plan);
    Manifest manifest = done.manifest();
    warnings.addAll(done.warnings());
    warnings.addAll(replays(manifest));
    progress.done(Progress.Step.FINISHED, plan.batch().text(), "manifest " + manifest.plan());
    return manifest;
  }

  /** Each round lets tables follow columns that they did not follow before, of which few are. */
  private BatchExecution.Finished executed(Plan plan) {
    planner.requireContracts(plan);
    Plan current = plan;
    while (true) {
      BatchExecution.Outcome outcome = executedOrFound(current);
      if (outcome instanceof BatchExecution.Evolving evolving) {
        current = evolved(current, evolving);
      } else {
        BatchExecution.Finished finished = (BatchExecution.Finished) outcome;
        RunErrors.requireRevision(current, finished.manifest());
        return finished;
      }
    }
  }

  private Plan evolved(Plan plan, BatchExecution.Evolving evolving) {
    Plan revision = planner.evolve(plan, evolving.evolutions());
    if (!lake.plans().add(revision)) {
      RunErrors.requireNewest(plan, lake.plans().newest(plan.name().n()));
    }
    long columns = evolving.evolutions().values().stream().mapToLong(List::size).sum();
    progress.done(
        Progress.Step.PLANNED,
        plan.batch().text(),
        "plan %s, in which %d columns of %s follow their source"
            .formatted(
                revision.name(), columns, String.join(", ", evolving.evolutions().keySet())));
    return revision;
  }

  /** A driver that fell behind finds its batch finished, and the tables already further. */
  private BatchExecution.Outcome executedOrFound(Plan plan) {
    try {
      return execution.run(plan);
    } catch (ChangelakeException e) {
      return lake.batches()
          .find(plan.name().n())
          .map(manifest -> new BatchExecution.Finished(manifest, List.of()))
          .orElseThrow(() -> e);
    }
  }

  private static List<String> replays(Manifest manifest) {
    return manifest.tableLedgers().stream()
        .filter(TableLedger::isAllReplays)
        .map(
            ledger ->
                ("nothing was applied to %s: %d records are replays, whose lsn lies below the last"
                        + " one applied to their keys, and none is new; if the source was restored or"
                        + " created anew, its positions count from the beginning")
                    .formatted(ledger.table(), ledger.replays()))
        .toList();
  }
}
