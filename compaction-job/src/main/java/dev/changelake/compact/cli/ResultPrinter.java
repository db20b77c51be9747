package dev.changelake.compact.cli;

import dev.changelake.compact.batch.Manifest;
import dev.changelake.compact.ledger.TableLedger;
import dev.changelake.compact.ledger.TopicLedger;
import dev.changelake.compact.plan.OffsetRange;
import dev.changelake.compact.result.RunResult;
import dev.changelake.compact.result.RunResults;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** Prints a run's result: its ledgers as tables, or all of it as JSON. */
final class ResultPrinter {
  private final PrintWriter out;

  ResultPrinter(PrintWriter out) {
    this.out = out;
  }

  void print(RunResult result, boolean json) {
    if (json) {
      out.println(new String(RunResults.json(result), StandardCharsets.UTF_8));
      out.flush();
      return;
    }
    result.warnings().forEach(warning -> out.println("warning: " + warning));
    Manifest manifest = result.manifest().orElseThrow();
    String how =
        result.status() == RunResult.Status.ALREADY_FINISHED
            ? "was finished before; nothing was done"
            : "is finished";
    out.printf(
        "Batch %s %s (plan %s, business date %s).%n%n",
        manifest.batch(), how, manifest.plan(), manifest.businessDate());
    topics(manifest);
    out.println();
    tables(manifest);
    out.flush();
  }

  private void topics(Manifest manifest) {
    TextTable table =
        new TextTable(
            "topic", "offsets", "landed", "changes", "tombstones", "control", "quarantined");
    for (TopicLedger ledger : manifest.topicLedgers()) {
      table.row(
          ledger.topic(),
          ledger.partitions().stream().mapToLong(p -> p.range().length()).sum(),
          ledger.landed(),
          ledger.count("change"),
          ledger.count("tombstone"),
          ledger.count("control"),
          ledger.count("quarantined"));
    }
    table.print(out);
    for (TopicLedger ledger : manifest.topicLedgers()) {
      if (!ledger.reasons().isEmpty()) {
        out.printf("quarantined of %s: %s%n", ledger.topic(), ledger.reasons());
      }
      for (OffsetRange lost : ledger.lost()) {
        out.printf("given up of %s: %s%n", ledger.topic(), lost);
      }
    }
  }

  private void tables(Manifest manifest) {
    TextTable table =
        new TextTable(
            "table",
            "version",
            "landed",
            "winners",
            "superseded",
            "replays",
            "filtered",
            "conflicts",
            "inserted",
            "updated",
            "deleted",
            "no effect");
    for (TableLedger ledger : manifest.tableLedgers()) {
      table.row(
          ledger.table(),
          manifest.tables().get(ledger.table()),
          ledger.landed(),
          ledger.winners(),
          ledger.superseded(),
          ledger.replays(),
          ledger.filtered(),
          ledger.conflicts(),
          ledger.inserted(),
          ledger.updated(),
          ledger.deleted(),
          ledger.withoutEffect());
    }
    table.print(out);
  }
}
