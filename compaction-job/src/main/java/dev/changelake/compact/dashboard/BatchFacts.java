package dev.changelake.compact.dashboard;

import static dev.changelake.compact.dashboard.DataTable.Heading.number;
import static dev.changelake.compact.dashboard.DataTable.Heading.text;

import dev.changelake.compact.batch.Manifest;
import dev.changelake.compact.ledger.TableLedger;
import dev.changelake.compact.ledger.TopicLedger;
import dev.changelake.compact.ledger.TopicLedger.PartitionLedger;
import dev.changelake.compact.plan.OffsetRange;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * What the page tells of a batch itself: its ledger, and how far it reaches. All of its manifest.
 */
final class BatchFacts {
  private static final DateTimeFormatter FINISHED =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Manifest manifest;

  BatchFacts(Manifest manifest) {
    this.manifest = manifest;
  }

  /** Whether both sums of each table add up, in a sentence. */
  String verdict() {
    List<String> wrong =
        manifest.tableLedgers().stream()
            .flatMap(
                ledger -> ledger.contradictions().stream().map(sum -> ledger.table() + ": " + sum))
            .toList();
    return wrong.isEmpty()
        ? "Both sums add up for each table."
        : "Sums that do not add up: " + String.join("; ", wrong) + ".";
  }

  /** The first sum: what became of the records that were landed for a table. */
  DataTable records() {
    return ledgers(
        "Records: landed is the sum of the others",
        List.of(
            new Sum("Landed", TableLedger::landed),
            new Sum("Winners", TableLedger::winners),
            new Sum("Superseded", TableLedger::superseded),
            new Sum("Replays", TableLedger::replays),
            new Sum("Tombstones", TableLedger::tombstones),
            new Sum("Truncates", TableLedger::truncates),
            new Sum("Control", TableLedger::control),
            new Sum("Filtered", TableLedger::filtered),
            new Sum("Quarantined", TableLedger::quarantined),
            new Sum("Conflicts", TableLedger::conflicts),
            new Sum("Unresolved", TableLedger::unresolved)));
  }

  /** The second sum: what the winners did to a table's rows. */
  DataTable rows() {
    return ledgers(
        "Rows: winners + moved + truncated − overtaken = inserted + updated + deleted + without effect",
        List.of(
            new Sum("Rows now", ledger -> manifest.rowsOf(ledger.table())),
            new Sum("Version", ledger -> manifest.tableVersion(ledger.table()).orElse(0)),
            new Sum("Winners", TableLedger::winners),
            new Sum("Moved", TableLedger::moved),
            new Sum("Truncated", TableLedger::truncated),
            new Sum("Overtaken", TableLedger::overtaken),
            new Sum("Inserted", TableLedger::inserted),
            new Sum("Updated", TableLedger::updated),
            new Sum("Deleted", TableLedger::deleted),
            new Sum("Without effect", TableLedger::withoutEffect)));
  }

  /** How far the batch reads each topic. */
  DataTable offsets() {
    List<List<String>> lines = new ArrayList<>();
    for (TopicLedger topic : manifest.topicLedgers()) {
      for (PartitionLedger partition : topic.partitions()) {
        OffsetRange range = partition.range();
        lines.add(
            List.of(
                topic.topic(),
                Integer.toString(range.partition()),
                range.isEmpty() ? "–" : Long.toString(range.start()),
                // The end of a range is the first offset that it does not have.
                range.end() == 0 ? "–" : Long.toString(range.end() - 1),
                grouped(partition.rows())));
      }
    }
    return DataTable.of(
        "How far each topic was read",
        List.of(
            text("Topic"),
            number("Partition"),
            number("First new offset"),
            number("Last offset"),
            number("Landed")),
        lines);
  }

  /** What to know of the batch, by name. */
  List<Fact> freshness() {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("Business date", manifest.businessDate().toString()));
    facts.add(new Fact("Finished at", manifest.createdAt().toString()));
    facts.add(new Fact("Plan", manifest.plan().toString()));
    facts.add(
        new Fact(
            "Ends", manifest.aligned() ? "between two transactions" : "where the topics stood"));
    facts.add(new Fact("Can be read for", manifest.retentionDays() + " days"));
    return facts;
  }

  /** When the batch was finished, to the minute. */
  String finishedShort() {
    return FINISHED.format(manifest.createdAt());
  }

  /** How many records all topics brought. */
  String landed() {
    return sum(TopicLedger::landed);
  }

  /** How many of them could not be applied. */
  String quarantined() {
    return sum(topic -> topic.count("quarantined"));
  }

  private String sum(ToLongFunction<TopicLedger> count) {
    return grouped(manifest.topicLedgers().stream().mapToLong(count).sum());
  }

  private DataTable ledgers(String caption, List<Sum> sums) {
    List<DataTable.Heading> columns =
        Stream.concat(Stream.of(text("Table")), sums.stream().map(sum -> number(sum.name())))
            .toList();
    List<List<String>> lines = new ArrayList<>();
    for (TableLedger ledger : manifest.tableLedgers()) {
      lines.add(
          Stream.concat(
                  Stream.of(ledger.table()),
                  sums.stream().map(sum -> grouped(sum.of().applyAsLong(ledger))))
              .toList());
    }
    return DataTable.of(caption, columns, lines);
  }

  private static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** A name and what stands beside it. */
  record Fact(String name, String value) {}

  /** A column of a ledger. */
  private record Sum(String name, ToLongFunction<TableLedger> of) {}
}
