package dev.changelake.compact.doctor;

import dev.changelake.compact.batch.Manifest;
import dev.changelake.compact.lake.Lake;
import dev.changelake.compact.plan.BatchId;
import dev.changelake.compact.plan.Plan;
import java.time.Instant;
import java.util.Optional;

/** The newest finished batch, and how far it took the topics. */
public record LastBatch(BatchId batch, Instant finishedAt, Plan plan) {
  /** The lake's last one; what was frozen and not finished is still needed of Kafka. */
  public static Optional<LastBatch> of(Lake lake) {
    return lake.batches().last().map(manifest -> of(lake, manifest));
  }

  private static LastBatch of(Lake lake, Manifest manifest) {
    Plan plan =
        lake.plans()
            .find(manifest.plan())
            .orElseThrow(
                () -> new IllegalStateException("There is no plan " + manifest.plan() + " left"));
    return new LastBatch(manifest.batch(), manifest.createdAt(), plan);
  }
}
