package dev.changelake.compact.source;

import dev.changelake.compact.batch.Manifest;
import dev.changelake.compact.lake.Lake;
import dev.changelake.compact.plan.Acceptance;
import dev.changelake.compact.plan.AdoptionDecision;
import dev.changelake.compact.plan.BatchId;
import dev.changelake.compact.plan.OffsetRange;
import dev.changelake.compact.plan.OrderDecision;
import dev.changelake.compact.plan.Plan;
import dev.changelake.compact.query.AsOf;
import dev.changelake.compact.query.LakeViews;
import dev.changelake.compact.result.RunResult;
import dev.changelake.compact.run.Compaction;
import dev.changelake.compact.run.CompactionRun;
import dev.changelake.compact.run.Progress;
import dev.changelake.compact.run.ReplayChoice;
import dev.changelake.compact.stack.TestStack;
import dev.changelake.config.Configuration;
import dev.changelake.contract.TableContracts;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The job in this JVM, on one lake; every call is a run of its own. */
public final class JobUnderTest {
  private final SparkSession spark;
  private final Configuration configuration;

  public JobUnderTest(TestStack stack, Configuration configuration) {
    this.spark = stack.spark();
    this.configuration = configuration;
  }

  public RunResult compact(String batch) {
    return compact(batch, Optional.empty(), new SilentProgress());
  }

  public RunResult compact(String batch, Acceptance acceptance) {
    return compact(batch, Optional.of(acceptance), new SilentProgress());
  }

  /** Starts a run that dies as soon as the step is done for the first time. */
  public void compactAndDieAfter(String batch, Progress.Step step) {
    compactAndDieAfter(batch, Optional.empty(), step);
  }

  public void compactAndDieAfter(String batch, Acceptance acceptance, Progress.Step step) {
    compactAndDieAfter(batch, Optional.of(acceptance), step);
  }

  private void compactAndDieAfter(
      String batch, Optional<Acceptance> acceptance, Progress.Step step) {
    try {
      compact(batch, acceptance, new DeadlyProgress(step));
    } catch (DeadlyProgress.Death expected) {
      return;
    }
    throw new AssertionError("The run went past " + step);
  }

  private RunResult compact(String batch, Optional<Acceptance> acceptance, Progress progress) {
    return run(progress).compact(new BatchId(batch), Optional.empty(), acceptance).orThrow();
  }

  /** Lands again what was quarantined of all topics. */
  public RunResult replay(String batch, Optional<String> reason) {
    return replay(batch, reason, new SilentProgress());
  }

  public void replayAndDieAfter(String batch, Optional<String> reason, Progress.Step step) {
    try {
      replay(batch, reason, new DeadlyProgress(step));
    } catch (DeadlyProgress.Death expected) {
      return;
    }
    throw new AssertionError("The run went past " + step);
  }

  private RunResult replay(String batch, Optional<String> reason, Progress progress) {
    return run(progress)
        .replay(
            new BatchId(batch),
            Optional.empty(),
            nothing(),
            new ReplayChoice(spark, lake().layout(), Optional.empty(), reason))
        .orThrow();
  }

  public Plan revise(String batch, Acceptance acceptance) {
    return run(new SilentProgress()).revise(new BatchId(batch), acceptance);
  }

  public Lake lake() {
    return Lake.open(configuration, spark, Clock.systemUTC());
  }

  /** The lake as it is opened at a moment. */
  public Lake lakeAt(Instant moment) {
    return Lake.open(configuration, spark, Clock.fixed(moment, ZoneOffset.UTC));
  }

  public String bucket() {
    return configuration.bucket();
  }

  public LakeViews views(String asOf) {
    Lake lake = lake();
    Manifest manifest = new AsOf(lake.batches()).find(Optional.of(asOf));
    return new LakeViews(
        spark.newSession(),
        lake.layout(),
        lake.contractsOf(manifest, TableContracts.load(configuration.contractsDirectory())),
        manifest);
  }

  /** The companies as of a batch, each as {@code id name}. */
  public List<String> companies(String asOf) {
    return lines(views(asOf).table("companies").selectExpr("company_id", "company_name"));
  }

  /** Rows as text, sorted. */
  public static List<String> lines(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(row -> row.mkString(" ")).sorted().toList();
  }

  /** A decision that accepts nothing yet. */
  public static Acceptance nothing() {
    return new Acceptance(
        "ada", "a test", Optional.empty(), Map.of(), Map.of(), Set.of(), Set.of());
  }

  public static Acceptance holes(String range) {
    return new Acceptance(
        "ada",
        "a marker",
        Optional.empty(),
        Map.of(),
        Map.of(CompaniesTopic.NAME, List.of(OffsetRange.parse(range))),
        Set.of(),
        Set.of());
  }

  public static Acceptance lost(String range) {
    return new Acceptance(
        "ada",
        "retention was too short",
        Optional.empty(),
        Map.of(CompaniesTopic.NAME, List.of(OffsetRange.parse(range))),
        Map.of(),
        Set.of(),
        Set.of());
  }

  public static Acceptance newTopic() {
    return new Acceptance(
        "ada",
        "moved clusters",
        Optional.empty(),
        Map.of(),
        Map.of(),
        Set.of(CompaniesTopic.NAME),
        Set.of());
  }

  public static Acceptance morePartitions() {
    return new Acceptance(
        "ada",
        "more load",
        Optional.empty(),
        Map.of(),
        Map.of(),
        Set.of(),
        Set.of(CompaniesTopic.NAME));
  }

  public static Acceptance retire(String table) {
    return new Acceptance(
        "ada",
        "no longer wanted",
        Optional.empty(),
        Map.of(),
        Map.of(),
        Set.of(),
        Set.of(),
        OrderDecision.none(),
        new AdoptionDecision(Set.of(), Set.of(table)));
  }

  public static Acceptance quarantineShare(String share) {
    return new Acceptance(
        "ada",
        "known noise",
        Optional.of(new BigDecimal(share)),
        Map.of(),
        Map.of(),
        Set.of(),
        Set.of());
  }

  private CompactionRun run(Progress progress) {
    Clock clock = Clock.systemUTC();
    return Compaction.run(configuration, spark, lake(), progress, clock);
  }
}
