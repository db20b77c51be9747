package dev.changelake.compact.expectation;

import dev.changelake.compact.batch.Manifest;
import dev.changelake.compact.lake.BatchRun.Outcome;
import dev.changelake.compact.lake.Lake;
import dev.changelake.compact.result.Finding;
import dev.changelake.compact.result.Finding.Verdict;
import dev.changelake.contract.TableContracts;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.sql.SparkSession;

/** Verifies one batch, and marks it if nothing in it is broken. */
public final class VerifyRun {
  /** What stands for the table in a finding about all of them. */
  static final String WHOLE_BATCH = "(batch)";

  private final SparkSession spark;
  private final Lake lake;
  private final TableContracts contracts;
  private final Clock clock;

  public VerifyRun(SparkSession spark, Lake lake, TableContracts contracts, Clock clock) {
    this.spark = spark;
    this.lake = lake;
    this.contracts = contracts;
    this.clock = clock;
  }

  /**
   * Holds the batch against all expectations, and tells of each as it is done.
   *
   * @param again whether a batch that has its mark is looked at once more; what is found broken
   *     takes the mark away
   */
  public Outcome run(Manifest manifest, boolean again, Consumer<Finding> done) {
    Verifications verifications = Verifications.of(lake);
    Optional<Verification> standing = verifications.find(manifest);
    if (standing.isPresent() && !again) {
      return Outcome.verified(standing.get().findings(), warnings(standing.get().findings()), true);
    }
    List<Finding> findings = new BatchExpectations(spark, lake, contracts, manifest).findings(done);
    List<Finding> broken = withVerdict(findings, Verdict.BROKEN);
    if (!broken.isEmpty()) {
      verifications.withdraw(manifest);
      return Outcome.refused(findings, warnings(findings), VerifyErrors.broken(manifest, broken));
    }
    verifications.mark(Verification.of(manifest, clock.instant(), findings));
    return Outcome.verified(findings, warnings(findings), false);
  }

  private static List<String> warnings(List<Finding> findings) {
    return withVerdict(findings, Verdict.TORN).stream().map(VerifyErrors::torn).toList();
  }

  private static List<Finding> withVerdict(List<Finding> findings, Verdict verdict) {
    return findings.stream().filter(finding -> finding.verdict() == verdict).toList();
  }
}
