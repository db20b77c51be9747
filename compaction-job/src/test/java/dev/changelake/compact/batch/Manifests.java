package dev.changelake.compact.batch;

import dev.changelake.compact.plan.BatchId;
import dev.changelake.compact.plan.PlanName;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** Manifests of small batches. */
public final class Manifests {
  private Manifests() {}

  /** A manifest without tables. */
  public static Manifest of(long n, String batch, String date, String createdAt) {
    return new Manifest(
        Manifest.SCHEMA_VERSION,
        new PlanName(n, 0),
        new BatchId(batch),
        LocalDate.parse(date),
        400,
        Map.of(),
        Map.of(),
        Map.of(),
        Map.of(),
        List.of(),
        List.of(),
        Instant.parse(createdAt));
  }
}
