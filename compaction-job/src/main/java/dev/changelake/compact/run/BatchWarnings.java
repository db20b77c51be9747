package dev.changelake.compact.run;

import dev.changelake.compact.ledger.TableDrift;
import dev.changelake.compact.ledger.TableLedger;
import dev.changelake.compact.merge.TableOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What people should know of a finished batch. */
final class BatchWarnings {
  private BatchWarnings() {}

  /** What the tables' ledgers and the sources' drift give to know. */
  static List<String> of(Map<String, TableOutcome> outcomes, List<TableDrift> drifts) {
    List<String> warnings = new ArrayList<>(conflicts(outcomes));
    outcomes.forEach(
        (table, outcome) -> {
          TableLedger ledger = outcome.ledger();
          if (ledger.unresolved() > 0) {
            warnings.add(
                "%d changes of %s leave out values that nobody knows, and were not applied (unresolved)"
                    .formatted(ledger.unresolved(), table));
          }
          if (ledger.unavailableCells() > 0) {
            warnings.add(
                "%d cells of %s are null since nobody knows their values; _unavailable names them"
                    .formatted(ledger.unavailableCells(), table));
          }
        });
    drifts.forEach(drift -> warnings.add(text(drift)));
    return warnings;
  }

  private static String text(TableDrift drift) {
    String source = "the source of %s %s".formatted(drift.table(), drift.text());
    return switch (drift.outcome()) {
      case EVOLVED ->
          source
              + "; the table follows it (drift.%s: evolve), and rows that did not change since have"
                  .formatted(drift.kind().code())
              + " what they had";
      case HELD ->
          source
              + "; they are quarantined (drift.%s: %s), and can be replayed once the contract fits"
                  .formatted(drift.kind().code(), drift.policy().code());
    };
  }

  private static List<String> conflicts(Map<String, TableOutcome> outcomes) {
    return outcomes.entrySet().stream()
        .filter(table -> table.getValue().ledger().conflicts() > 0)
        .map(
            table ->
                ("%d records claim a key of %s that another source holds, and were not applied"
                        + " (source_conflict), among them %s")
                    .formatted(
                        table.getValue().ledger().conflicts(),
                        table.getKey(),
                        String.join("; ", table.getValue().conflicting())))
        .toList();
  }
}
