package dev.changelake.compact.dashboard;

import dev.changelake.compact.batch.Batches;
import dev.changelake.compact.batch.Manifest;
import dev.changelake.compact.changelog.LakeLayout;
import dev.changelake.compact.delta.Retention;
import dev.changelake.compact.lake.Lake;
import dev.changelake.compact.ledger.TableLedger;
import dev.changelake.compact.ledger.TopicLedger;
import dev.changelake.compact.ledger.TopicLedger.PartitionLedger;
import dev.changelake.compact.output.Inputs;
import dev.changelake.compact.output.OutputFolder;
import dev.changelake.compact.output.OutputPart;
import dev.changelake.compact.plan.BatchId;
import dev.changelake.compact.plan.InMemoryLakeFiles;
import dev.changelake.compact.plan.OffsetRange;
import dev.changelake.compact.plan.PlanChain;
import dev.changelake.compact.plan.PlanName;
import dev.changelake.compact.result.RunResults;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** A lake in memory with batches and reports, whose texts are as bad as texts can be. */
final class DashboardLake {
  static final LocalDate DATE = LocalDate.parse("2020-06-22");

  /** Ends scripts and tags, quotes, is written from right to left, and has more than one char. */
  static final String HOSTILE =
      "</script><b onclick='x'>\"&amp; \u05E9\u05DC\u05D5\u05DD \uD83D\uDE80 <!-- {{batch}}";

  static final String SALES =
      """
      sale_year,sale_month,monthly_sales,monthly_profit
      2020,6,12345678901234567890123456.78,-0.01
      2020,5,200.10,50.00
      2019,12,0.30,0.10
      """;
  static final String DEVICES =
      "device,total_devices\n\"" + HOSTILE.replace("\"", "\"\"") + "\",480\nDesktop,278\n";
  static final String PRODUCTS = "prod_id,country\n1,US\n499,US\n500,US\n5000,US\n";
  static final String LEADS = "customer_id,total_leads\n2,1\n3,7\n5,7\n9,2\n";

  final InMemoryLakeFiles files = new InMemoryLakeFiles();
  final Lake lake =
      new Lake(
          "id",
          LakeLayout.ofBucket("lake"),
          files,
          files,
          new PlanChain(files),
          new Batches(files),
          new RunResults(files, "test"),
          new Retention(Duration.ofDays(400)),
          Clock.fixed(Instant.parse("2020-06-23T12:00:00Z"), ZoneOffset.UTC));

  /** Adds a finished batch of one table. */
  Manifest batch(long n, String id) {
    return lake.batches()
        .add(
            new Manifest(
                Manifest.SCHEMA_VERSION,
                new PlanName(n, 0),
                new BatchId(id),
                DATE,
                400,
                Map.of("orders", 3L),
                Map.of(),
                Map.of("orders", n),
                Map.of("orders", 1234L),
                List.of(topic(n)),
                List.of(
                    new TableLedger(
                        "orders", 10, 7, 1, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 4, 2, 1, 0, 0)),
                Instant.parse("2020-06-23T01:00:00Z")));
  }

  private static TopicLedger topic(long n) {
    return new TopicLedger(
        "orders",
        "b2b.public.orders",
        List.of(
            new PartitionLedger(new OffsetRange(0, n * 10, n * 10 + 10), 10, 10, List.of(), false)),
        Map.of("change", 8L, "tombstone", 1L, "quarantined", 1L),
        Map.of("undecodable", 1L),
        Map.of(),
        0,
        List.of());
  }

  /** Publishes a report as {@code report} does. */
  void report(Manifest manifest, String name, String csv) {
    OutputFolder folder =
        new OutputFolder(files, lake.layout().reportFolder(name, manifest.businessDate()));
    byte[] bytes = csv.getBytes(StandardCharsets.UTF_8);
    folder.publish(
        manifest,
        new Inputs().add("csv", csv).hash(),
        names -> {
          String part = names.name(0, "csv");
          files.put(folder.path() + "/" + part, bytes);
          return List.of(new OutputPart(part, bytes.length, Inputs.sha256(bytes), 1));
        });
  }

  /** Publishes all four reports. */
  void reports(Manifest manifest) {
    report(manifest, "monthly_sales", SALES);
    report(manifest, "most_used_devices", DEVICES);
    report(manifest, "most_popular_products", PRODUCTS);
    report(manifest, "total_leads", LEADS);
  }

  /** The page that stands for the date. */
  String page() {
    String folder = lake.layout().dashboardFolder(DATE);
    List<String> pages =
        files.list(folder).stream().filter(name -> name.endsWith(".html")).toList();
    if (pages.size() != 1) {
      throw new AssertionError("There should be one page: " + pages);
    }
    return text(folder + "/" + pages.get(0));
  }

  String index() {
    return text("data/final/dashboard/index.html");
  }

  private String text(String path) {
    return new String(files.read(path).orElseThrow(), StandardCharsets.UTF_8);
  }
}
