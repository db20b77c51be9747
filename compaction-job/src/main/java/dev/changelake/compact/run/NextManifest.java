package dev.changelake.compact.run;

import dev.changelake.compact.batch.Manifest;
import dev.changelake.compact.land.Landing;
import dev.changelake.compact.ledger.TableDrift;
import dev.changelake.compact.ledger.TableLedger;
import dev.changelake.compact.ledger.TopicLedger;
import dev.changelake.compact.merge.TableOutcome;
import dev.changelake.compact.plan.Plan;
import dev.changelake.envelope.SourceOrigin;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The manifest of a batch whose tables are all merged. */
final class NextManifest {
  private NextManifest() {}

  /**
   * Names the versions.
   *
   * @param before the manifest before, if there is one
   */
  static Manifest of(
      Plan plan,
      Optional<Manifest> before,
      Map<String, Landing> landings,
      Map<String, TableOutcome> outcomes,
      List<TableDrift> drifts,
      long retentionDays,
      Clock clock) {
    Map<String, Long> tables = new TreeMap<>(before.map(Manifest::tables).orElse(Map.of()));
    Map<String, Long> absent = new TreeMap<>(before.map(Manifest::absent).orElse(Map.of()));
    Map<String, Long> changes = new TreeMap<>(before.map(Manifest::changes).orElse(Map.of()));
    Map<String, Long> rows = new TreeMap<>(before.map(Manifest::rows).orElse(Map.of()));
    Map<String, SourceOrigin> origins =
        new TreeMap<>(before.map(Manifest::origins).orElse(Map.of()));
    outcomes.forEach(
        (table, outcome) -> {
          tables.put(table, outcome.version());
          TableLedger ledger = outcome.ledger();
          rows.merge(table, ledger.inserted() - ledger.deleted(), Long::sum);
          outcome.absentVersion().ifPresent(version -> absent.put(table, version));
        });
    landings.forEach(
        (table, landing) -> {
          if (!landing.origin().equals(SourceOrigin.UNKNOWN)) {
            origins.put(table, landing.origin());
          }
          if (landing.version() >= 0) {
            changes.put(table, landing.version());
          }
        });
    // The batches before still name the versions of a retired table.
    List.of(tables, absent, changes, rows)
        .forEach(versions -> versions.keySet().removeAll(plan.retired()));
    List<TopicLedger> topicLedgers = landings.values().stream().map(Landing::ledger).toList();
    List<TableLedger> tableLedgers = outcomes.values().stream().map(TableOutcome::ledger).toList();
    return new Manifest(
        Manifest.SCHEMA_VERSION,
        plan.name(),
        plan.batch(),
        plan.businessDate(),
        plan.alignment().isPresent(),
        retentionDays,
        tables,
        absent,
        changes,
        rows,
        topicLedgers,
        tableLedgers,
        drifts,
        origins,
        after(before, clock));
  }

  /** Now, but never before the manifest before: a clock that was set back decides nothing. */
  private static Instant after(Optional<Manifest> before, Clock clock) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return before
        .map(Manifest::createdAt)
        .filter(earlier -> !now.isAfter(earlier))
        .map(earlier -> earlier.plusMillis(1))
        .orElse(now);
  }
}
