package dev.changelake.compact.cli;

import dev.changelake.compact.batch.Manifest;
import dev.changelake.compact.console.TextTable;
import dev.changelake.compact.ledger.TableLedger;
import dev.changelake.compact.ledger.TopicLedger;
import dev.changelake.compact.plan.OffsetRange;
import dev.changelake.compact.result.Finding;
import dev.changelake.compact.result.Output;
import dev.changelake.compact.result.RunResult;
import dev.changelake.compact.result.RunResults;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

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
    if (result.failure().isPresent() && result.manifest().isEmpty()) {
      out.flush();
      return;
    }
    if (!result.command().equals("compact")) {
      outputs(result);
      findings(result);
      out.flush();
      return;
    }
    Manifest manifest = result.manifest().orElseThrow();
    String how =
        result.status() == RunResult.Status.ALREADY_FINISHED
            ? "was finished before; nothing was done"
            : "is finished";
    out.printf(
        "Batch %s %s (plan %s, business date %s, %s).%n%n",
        manifest.batch(),
        how,
        manifest.plan(),
        manifest.businessDate(),
        manifest.aligned() ? "aligned to transactions" : "not aligned");
    topics(manifest);
    out.println();
    tables(manifest);
    out.flush();
  }

  private void outputs(RunResult result) {
    if (result.outputs().isEmpty()) {
      return;
    }
    TextTable table = new TextTable("kind", "name", "rows", "outcome", "place");
    for (Output output : result.outputs()) {
      table.row(
          words(output.kind()),
          output.name(),
          output.rows().isPresent() ? output.rows().getAsLong() : "",
          words(output.outcome()),
          output.place());
    }
    table.print(out);
  }

  private void findings(RunResult result) {
    if (result.findings().isEmpty()) {
      return;
    }
    if (result.failure().isEmpty()) {
      out.printf("%s%n%n", verified(result));
    }
    TextTable table = new TextTable("table", "expectation", "verdict", "rows", "examples");
    for (Finding finding : result.findings()) {
      table.row(
          finding.table(),
          finding.expectation(),
          words(finding.verdict()),
          finding.violations(),
          String.join(", ", finding.examples()));
    }
    table.print(out);
  }

  private static String verified(RunResult result) {
    if (result.command().equals(VerifyCommand.WAREHOUSE)) {
      return "The warehouse has what batch %s has.".formatted(result.batch());
    }
    return "Batch %s %s."
        .formatted(
            result.batch(),
            result.status() == RunResult.Status.ALREADY_FINISHED
                ? "was verified before; nothing was done"
                : "is verified");
  }

  private static String words(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
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
      if (!ledger.controls().isEmpty()) {
        out.printf("control of %s: %s%n", ledger.topic(), ledger.controls());
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
            "unresolved",
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
          ledger.unresolved(),
          ledger.inserted(),
          ledger.updated(),
          ledger.deleted(),
          ledger.withoutEffect());
    }
    table.print(out);
  }
}
