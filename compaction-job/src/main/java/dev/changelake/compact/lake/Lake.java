package dev.changelake.compact.lake;

import dev.changelake.compact.batch.Batches;
import dev.changelake.compact.batch.LakeIdentity;
import dev.changelake.compact.changelog.LakeLayout;
import dev.changelake.compact.plan.PlanChain;
import dev.changelake.compact.result.RunResults;
import dev.changelake.compact.store.LakeFiles;
import dev.changelake.compact.store.OutputFiles;
import dev.changelake.compact.store.S3LakeFiles;
import dev.changelake.config.Configuration;
import java.time.Clock;
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
    RunResults results) {

  /** Opens the configuration's lake; a new one gets its identity. */
  public static Lake open(Configuration configuration, SparkSession spark, Clock clock) {
    LakeLayout layout = LakeLayout.ofBucket(configuration.bucket());
    S3LakeFiles files = S3LakeFiles.open(layout.root(), spark.sparkContext().hadoopConfiguration());
    return new Lake(
        LakeIdentity.of(files, clock.instant()).id(),
        layout,
        files,
        files,
        new PlanChain(files),
        new Batches(files),
        new RunResults(files, UUID.randomUUID().toString()));
  }
}
