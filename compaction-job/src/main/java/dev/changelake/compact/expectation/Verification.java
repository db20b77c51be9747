package dev.changelake.compact.expectation;

import dev.changelake.compact.batch.Manifest;
import dev.changelake.compact.plan.BatchId;
import dev.changelake.compact.plan.PlanName;
import dev.changelake.compact.result.Finding;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * The mark of a verified batch: nothing in it is broken.
 *
 * @param findings what came of each expectation; none of them is broken
 */
public record Verification(
    int schemaVersion, PlanName plan, BatchId batch, Instant verifiedAt, List<Finding> findings) {
  public static final int SCHEMA_VERSION = 1;

  public Verification {
    if (schemaVersion != SCHEMA_VERSION) {
      throw new IllegalArgumentException(
          "Verifications of version " + schemaVersion + " are not known");
    }
    Objects.requireNonNull(plan, "plan");
    Objects.requireNonNull(batch, "batch");
    Objects.requireNonNull(verifiedAt, "verifiedAt");
    findings = List.copyOf(findings);
    if (findings.stream().anyMatch(finding -> finding.verdict() == Finding.Verdict.BROKEN)) {
      throw new IllegalArgumentException("A batch with something broken is not verified");
    }
  }

  static Verification of(Manifest manifest, Instant verifiedAt, List<Finding> findings) {
    return new Verification(
        SCHEMA_VERSION, manifest.plan(), manifest.batch(), verifiedAt, findings);
  }
}
