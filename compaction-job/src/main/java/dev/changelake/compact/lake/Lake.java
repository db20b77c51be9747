package dev.changelake.compact.lake;

import dev.changelake.compact.batch.Batches;
import dev.changelake.compact.batch.LakeIdentity;
import dev.changelake.compact.batch.Manifest;
import dev.changelake.compact.changelog.LakeLayout;
import dev.changelake.compact.delta.Retention;
import dev.changelake.compact.plan.BatchId;
import dev.changelake.compact.plan.PlanChain;
import dev.changelake.compact.result.RunId;
import dev.changelake.compact.result.RunResults;
import dev.changelake.compact.store.LakeFiles;
import dev.changelake.compact.store.OutputFiles;
import dev.changelake.compact.store.S3LakeFiles;
import dev.changelake.config.Configuration;
import dev.changelake.contract.TableContracts;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.apache.spark.sql.SparkSession;

/** A lake that was opened: where its files, plans, manifests and results are. */
public record Lake(
    String id,
    LakeLayout layout,
    LakeFiles files,
    OutputFiles outputs,
    PlanChain plans,
    Batches batches,
    RunResults results,
    Retention retention,
    Clock clock) {

  /** Opens the configuration's lake for writing; a new one gets its identity. */
  public static Lake open(Configuration configuration, SparkSession spark, Clock clock) {
    LakeLayout layout = LakeLayout.ofBucket(configuration.bucket());
    S3LakeFiles files =
        S3LakeFiles.openToWrite(layout.root(), spark.sparkContext().hadoopConfiguration());
    return of(LakeIdentity.of(files, clock.instant()).id(), layout, files, configuration, clock);
  }

  /**
   * Opens the configuration's lake for reading, and writes nothing.
   *
   * @throws ChangelakeException of category usage if there is no lake
   */
  public static Lake openToRead(Configuration configuration, SparkSession spark, Clock clock) {
    return openToRead(configuration, spark.sparkContext().hadoopConfiguration(), clock);
  }

  /** The same, for commands that need no session. */
  public static Lake openToRead(
      Configuration configuration, org.apache.hadoop.conf.Configuration hadoop, Clock clock) {
    return find(configuration, hadoop, clock)
        .orElseThrow(
            () ->
                new ChangelakeException(
                    ErrorCategory.USAGE,
                    "There is no lake in the bucket %s.".formatted(configuration.bucket()),
                    "No batch was ever compacted there.",
                    "Check lake.bucket in the configuration; `bin/changelake compact` begins a"
                        + " lake."));
  }

  /** Opens the configuration's lake for reading, if there is one. */
  public static Optional<Lake> find(
      Configuration configuration, org.apache.hadoop.conf.Configuration hadoop, Clock clock) {
    LakeLayout layout = LakeLayout.ofBucket(configuration.bucket());
    S3LakeFiles files = S3LakeFiles.openToRead(layout.root(), hadoop);
    return LakeIdentity.find(files)
        .map(identity -> of(identity.id(), layout, files, configuration, clock));
  }

  /** The same lake, which keeps its result where the scheduler of that run looks for it. */
  public Lake forRun(Optional<RunId> run, BatchId batch) {
    return run.map(
            id ->
                new Lake(
                    this.id,
                    layout,
                    files,
                    outputs,
                    plans,
                    batches,
                    results.of(id, batch),
                    retention,
                    clock))
        .orElse(this);
  }

  private static Lake of(
      String id, LakeLayout layout, S3LakeFiles files, Configuration configuration, Clock clock) {
    return new Lake(
        id,
        layout,
        files,
        files,
        new PlanChain(files),
        new Batches(files),
        new RunResults(files, UUID.randomUUID().toString()),
        new Retention(configuration.batchRetention()),
        clock);
  }

  /** The contracts as they were in a batch, whose tables may have followed their sources. */
  public TableContracts contractsOf(Manifest manifest, TableContracts contracts) {
    return plans.find(manifest.plan()).map(plan -> plan.evolved(contracts)).orElse(contracts);
  }

  /**
   * The batch, if it is young enough for all of its versions to have their files.
   *
   * @throws ChangelakeException of category table if it is older
   */
  public Manifest readable(Manifest manifest) {
    if (!retention.covers(manifest.createdAt(), clock.instant())) {
      throw new ChangelakeException(
              ErrorCategory.TABLE,
              "Batch %s is older than the lake keeps batches.".formatted(manifest.batch()),
              "It was finished at %s, and batches are kept for %d days."
                  .formatted(manifest.createdAt(), retention.days()),
              "Read a later batch (`bin/changelake batches`). lake.batch-retention-days says how long"
                  + " batches are kept.")
          .notRetryable();
    }
    return manifest;
  }
}
