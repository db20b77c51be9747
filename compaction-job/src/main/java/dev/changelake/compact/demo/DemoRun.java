package dev.changelake.compact.demo;

import dev.changelake.compact.batch.Manifest;
import dev.changelake.compact.console.StepPrinter;
import dev.changelake.compact.expectation.VerifyRun;
import dev.changelake.compact.lake.BatchRun;
import dev.changelake.compact.lake.Lake;
import dev.changelake.compact.load.Warehouses;
import dev.changelake.compact.plan.BatchId;
import dev.changelake.compact.publish.PublishRun;
import dev.changelake.compact.report.ReportRun;
import dev.changelake.compact.report.Reports;
import dev.changelake.compact.result.Output;
import dev.changelake.compact.result.RunResult;
import dev.changelake.compact.run.Compaction;
import dev.changelake.compact.spark.SideBySide;
import dev.changelake.config.Configuration;
import dev.changelake.contract.TableContracts;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.apache.spark.sql.SparkSession;

/**
 * The documented days, one after the other: the platform's feed and company changes, compact,
 * verify, report, publish. The first of all is the initial load, a day before the first feed.
 */
final class DemoRun {
  private final LauncherCommands commands;
  private final DemoSource source;
  private final Configuration configuration;
  private final SparkSession spark;
  private final Lake lake;
  private final StepPrinter lines;
  private final Clock clock;
  private final TableContracts contracts;
  private final Reports reports;

  DemoRun(
      LauncherCommands commands,
      DemoSource source,
      Configuration configuration,
      SparkSession spark,
      Lake lake,
      StepPrinter lines,
      Clock clock) {
    this.commands = commands;
    this.source = source;
    this.configuration = configuration;
    this.spark = spark;
    this.lake = lake;
    this.lines = lines;
    this.clock = clock;
    this.contracts = TableContracts.load(configuration.contractsDirectory());
    this.reports = Reports.load(configuration.reportsDirectory(), contracts);
  }

  /**
   * Runs the days.
   *
   * @param firstFeed the first day with a daily feed, for a folder without batches; else {@link
   *     Demo#FIRST_FEED}
   * @param days how many days with a daily feed
   * @return the last batch
   */
  Manifest run(Optional<LocalDate> firstFeed, int days) {
    Optional<Manifest> last = lake.batches().last();
    LocalDate begin =
        last.map(manifest -> manifest.businessDate().plusDays(1))
            .orElseGet(() -> firstFeed.orElse(LocalDate.parse(Demo.FIRST_FEED)).minusDays(1));
    LocalDate end = begin.plusDays(last.isPresent() ? days : days + 1);
    if (last.isPresent() && firstFeed.isPresent()) {
      lines.done(
          "going on", last.get().batch().text(), "is the last batch; --date is for a new folder");
    }
    // A demo that was interrupted may have left the rest of its last day undone.
    last.ifPresent(manifest -> follow(manifest.batch()));
    if (begin.isBefore(end)) {
      produce(begin, last.isEmpty());
    }
    for (LocalDate day = begin; day.isBefore(end); day = day.plusDays(1)) {
      compact(day);
      BatchId batch = new BatchId(day.toString());
      LocalDate next = day.plusDays(1);
      if (next.isBefore(end)) {
        // The day is cut; the platform goes on while what follows from it is made.
        new SideBySide().both(() -> produce(next, false), () -> follow(batch));
      } else {
        follow(batch);
      }
    }
    return lake.batches().last().orElseThrow();
  }

  private void produce(LocalDate day, boolean initial) {
    long records =
        initial
            ? commands.produce("init", day, source)
            : commands.produce("daily", day, source) + commands.produce("companies", day, source);
    lines.done("produced", day.toString(), "%,d %s".formatted(records, source.written()));
    if (source == DemoSource.DATABASE) {
      lines.done("captured", day.toString(), "%,d records".formatted(commands.capture()));
    }
  }

  private void compact(LocalDate day) {
    Compaction.run(configuration, spark, lake, new DemoProgress(lines), clock)
        .compact(new BatchId(day.toString()), Optional.empty(), Optional.empty())
        .orThrow();
  }

  /** What comes after a batch is finished; what was done before is found done. */
  private void follow(BatchId batch) {
    RunResult verified =
        run(
            "verify",
            batch,
            (manifest, as) ->
                new VerifyRun(spark, lake, as, clock).run(manifest, false, finding -> {}));
    lines.done("verified", batch.text(), verified.findings().size() + " expectations");
    RunResult reported =
        run(
            "report",
            batch,
            (manifest, as) -> new ReportRun(spark, lake, as, reports).run(manifest, output -> {}));
    long reportsMade =
        reported.outputs().stream().filter(made -> made.kind() == Output.Kind.REPORT).count();
    lines.done("reported", batch.text(), reportsMade + " reports, and the dashboard");
    RunResult published =
        run(
            "publish",
            batch,
            (manifest, as) ->
                new PublishRun(
                        spark,
                        lake,
                        as,
                        reports,
                        Warehouses.of(configuration, spark, lake),
                        Set.of())
                    .run(manifest, output -> {}));
    lines.done(
        "published",
        batch.text(),
        "%d snapshots and warehouse tables".formatted(published.outputs().size()));
  }

  /** Runs a stage with the contracts as they were in the batch. */
  private RunResult run(
      String command, BatchId batch, BiFunction<Manifest, TableContracts, BatchRun.Outcome> stage) {
    return new BatchRun(lake, clock)
        .run(
            command,
            batch,
            manifest -> stage.apply(manifest, lake.contractsOf(manifest, contracts)))
        .orThrow();
  }
}
