package dev.changelake.compact.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changelake.compact.batch.Manifest;
import dev.changelake.compact.lake.Lake;
import dev.changelake.compact.ledger.TableLedger;
import dev.changelake.compact.ledger.TopicLedger;
import dev.changelake.compact.plan.BatchId;
import dev.changelake.compact.result.RunResult;
import dev.changelake.compact.run.Compaction;
import dev.changelake.compact.run.CompactionRun;
import dev.changelake.compact.run.Progress;
import dev.changelake.compact.stack.TestStack;
import dev.changelake.config.Configuration;
import dev.changelake.oracle.DeltaKernelReader;
import dev.changelake.oracle.OffsetSpan;
import dev.changelake.oracle.Oracle;
import dev.changelake.oracle.OracleLedger;
import dev.changelake.oracle.OracleState;
import dev.changelake.oracle.SourceTable;
import dev.changelake.oracle.TableComparison;
import dev.changelake.oracle.TopicReader;
import dev.changelake.oracle.origin.WebOrigin;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;

/** A lake with its runs, and an oracle that gets exactly the offsets that each batch froze. */
public final class LakeUnderTest {
  static final List<SourceTable> TABLES =
      List.of(
          SourceTable.COMPANIES,
          SourceTable.CUSTOMERS,
          SourceTable.PRODUCTS,
          SourceTable.ORDERS,
          SourceTable.WEBLOGS);

  private final String name;
  private final Lake lake;
  private final CompactionRun run;
  private final DeltaKernelReader delta;
  private final TopicReader topics;
  private final Oracle oracle;

  /**
   * Opens a lake.
   *
   * @param name stands in every assertion's message, so it tells how to repeat the test
   */
  public LakeUnderTest(String name, Configuration configuration) {
    SparkSession spark = TestStack.get().spark();
    Clock clock = Clock.systemUTC();
    org.apache.hadoop.conf.Configuration hadoop = new org.apache.hadoop.conf.Configuration();
    configuration.s3a().forEach(hadoop::set);
    this.name = name;
    this.oracle = new Oracle(origin(configuration));
    this.lake = Lake.open(configuration, spark, clock);
    this.run = Compaction.run(configuration, spark, lake, new Silence(), clock);
    this.delta = new DeltaKernelReader(hadoop);
    this.topics = new TopicReader(TestStack.get().bootstrapServers());
  }

  /** Countries and devices, by the database that the job is configured with. */
  static WebOrigin origin(Configuration configuration) {
    return configuration
        .geoDatabase()
        .map(WebOrigin::of)
        .orElseGet(LakeUnderTest::originByTheShippedDatabase);
  }

  private static WebOrigin originByTheShippedDatabase() {
    try (InputStream database =
        Lake.class.getResourceAsStream(
            "/dev/changelake/compact/enrich/geo-whois-asn-country.mmdb")) {
      return new WebOrigin(database);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Lake lake() {
    return lake;
  }

  public TopicReader topics() {
    return topics;
  }

  RunResult compact(String batch) {
    return run.compact(new BatchId(batch), Optional.empty(), Optional.empty()).orThrow();
  }

  /** Compacts a new batch. */
  Manifest finish(String batch) {
    RunResult result = compact(batch);
    assertThat(result.status()).as(about(batch)).isEqualTo(RunResult.Status.SUCCEEDED);
    return result.manifest().orElseThrow();
  }

  /** Compacts a new batch and requires that the oracle agrees with all that came of it. */
  Checked finishAndCheck(String batch) {
    Optional<Manifest> before = lake.batches().last();
    return check(finish(batch), before);
  }

  /**
   * Requires that the oracle agrees with all that came of a batch; to be called batch by batch.
   *
   * @param before the batch before, if there is one
   */
  public Checked check(Manifest manifest, Optional<Manifest> before) {
    String batch = manifest.batch().text();
    OracleState expected = oracle.apply(manifest.plan().n(), topics.read(spans(manifest)));
    Checked checked = new Checked(manifest, expected);
    requireSameRows(checked);
    manifest.topicLedgers().forEach(ledger -> requireSame(batch, expected, ledger));
    assertThat(manifest.topicLedgers()).as(about(batch)).hasSize(SourceTable.values().length);
    assertThat(manifest.tableLedgers())
        .as(about(batch, "table ledgers"))
        .containsExactlyInAnyOrderElementsOf(
            TABLES.stream().map(table -> ledger(expected.ledger(table.table()))).toList());
    before.ifPresent(earlier -> requireFollows(earlier, manifest, expected));
    return checked;
  }

  /** A finished batch with what the oracle says of it. */
  public record Checked(Manifest manifest, OracleState expected) {}

  /** Requires that the tables, as of this batch and read now, are as the oracle said then. */
  public void requireSameRows(Checked checked) {
    for (SourceTable table : TABLES) {
      TableComparison.assertSame(
          about(checked.manifest().batch().text(), table.table()),
          checked.expected().rows(table.table()),
          rows(checked.manifest(), table));
    }
  }

  /** A table as of a batch. */
  public SortedMap<String, SortedMap<String, Object>> rows(Manifest manifest, SourceTable table) {
    return delta.at(
        lake.layout().table(table.table()),
        manifest.tableVersion(table.table()).orElseThrow(),
        table.key());
  }

  /** The data cells of all tables as of a batch. */
  Map<SourceTable, SortedMap<String, SortedMap<String, Object>>> data(Manifest manifest) {
    Map<SourceTable, SortedMap<String, SortedMap<String, Object>>> data = new HashMap<>();
    TABLES.forEach(table -> data.put(table, data(rows(manifest, table))));
    return data;
  }

  /** Rows without the columns that tell where they come from. */
  public static SortedMap<String, SortedMap<String, Object>> data(
      SortedMap<String, SortedMap<String, Object>> rows) {
    SortedMap<String, SortedMap<String, Object>> data = new TreeMap<>();
    rows.forEach(
        (key, cells) -> {
          SortedMap<String, Object> own = new TreeMap<>(cells);
          own.keySet().removeIf(column -> column.startsWith("_"));
          data.put(key, own);
        });
    return data;
  }

  /** The newest version of each Delta table that there is: states, and change logs. */
  public Map<String, Long> latestVersions(Manifest manifest) {
    Map<String, Long> versions = new TreeMap<>();
    manifest.tables().keySet().forEach(t -> add(versions, lake.layout().table(t)));
    manifest.changes().keySet().forEach(t -> add(versions, lake.layout().changes(t)));
    manifest.absent().keySet().forEach(t -> add(versions, lake.layout().absent(t)));
    return versions;
  }

  private void add(Map<String, Long> versions, String path) {
    versions.put(path, delta.latestVersion(path));
  }

  String about(String batch, Object... more) {
    StringBuilder text = new StringBuilder(name).append(", batch ").append(batch);
    for (Object each : more) {
      text.append(", ").append(each);
    }
    return text.toString();
  }

  /** The offsets that a batch froze. */
  static Collection<OffsetSpan> spans(Manifest manifest) {
    return manifest.topicLedgers().stream()
        .flatMap(
            topic ->
                topic.partitions().stream()
                    .map(TopicLedger.PartitionLedger::range)
                    .map(
                        range ->
                            new OffsetSpan(
                                topic.topic(), range.partition(), range.start(), range.end())))
        .toList();
  }

  /** How many offsets a batch froze. */
  static long records(Manifest manifest) {
    return spans(manifest).stream().mapToLong(span -> span.end() - span.start()).sum();
  }

  private void requireSame(String batch, OracleState expected, TopicLedger ledger) {
    Map<String, Long> statuses = new TreeMap<>();
    expected
        .landings(ledger.table())
        .forEach((landing, count) -> statuses.put(landing.name().toLowerCase(Locale.ROOT), count));
    assertThat(ledger.statuses())
        .as(about(batch, "topic ledger", ledger.topic()))
        .isEqualTo(statuses);
    assertThat(ledger.landed())
        .as(about(batch, "landed", ledger.topic()))
        .isEqualTo(statuses.values().stream().mapToLong(Long::longValue).sum());
    assertThat(ledger.reasons().values().stream().mapToLong(Long::longValue).sum())
        .as(about(batch, "reasons", ledger.topic()))
        .isEqualTo(ledger.count("quarantined"));
  }

  private void requireFollows(Manifest before, Manifest manifest, OracleState expected) {
    String batch = manifest.batch().text();
    for (SourceTable table : TABLES) {
      OracleLedger ledger = expected.ledger(table.table());
      boolean unchanged = ledger.inserted() + ledger.updated() + ledger.deleted() == 0;
      long earlier = before.tableVersion(table.table()).orElseThrow();
      long now = manifest.tableVersion(table.table()).orElseThrow();
      assertThat(now == earlier)
          .as(about(batch, table.table(), "unchanged: version " + earlier + ", then " + now))
          .isEqualTo(unchanged);
    }
    assertThat(manifest.plan().n()).as(about(batch)).isEqualTo(before.plan().n() + 1);
    assertThat(starts(manifest)).as(about(batch, "starts")).isEqualTo(ends(before));
  }

  private static Map<String, Long> starts(Manifest manifest) {
    Map<String, Long> starts = new TreeMap<>();
    spans(manifest).forEach(at -> starts.put(at.topic() + "-" + at.partition(), at.start()));
    return starts;
  }

  private static Map<String, Long> ends(Manifest manifest) {
    Map<String, Long> ends = new TreeMap<>();
    spans(manifest).forEach(at -> ends.put(at.topic() + "-" + at.partition(), at.end()));
    return ends;
  }

  private static TableLedger ledger(OracleLedger expected) {
    return new TableLedger(
        expected.table(),
        expected.landed(),
        expected.winners(),
        expected.superseded(),
        expected.replays(),
        expected.tombstones(),
        expected.truncates(),
        expected.control(),
        expected.filtered(),
        expected.quarantined(),
        expected.conflicts(),
        expected.unresolved(),
        expected.moved(),
        expected.overtaken(),
        expected.truncated(),
        expected.inserted(),
        expected.updated(),
        expected.deleted(),
        expected.withoutEffect(),
        0);
  }

  private static final class Silence implements Progress {
    @Override
    public void begins(String batch, int steps) {}

    @Override
    public void done(Step step, String subject, String detail) {}
  }
}
