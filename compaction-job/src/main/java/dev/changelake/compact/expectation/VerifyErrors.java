package dev.changelake.compact.expectation;

import dev.changelake.compact.batch.Manifest;
import dev.changelake.compact.result.Finding;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What verify tells people. */
final class VerifyErrors {
  private VerifyErrors() {}

  static ChangelakeException broken(Manifest manifest, List<Finding> broken) {
    return new ChangelakeException(
            ErrorCategory.DATA,
            "Batch %s is not verified: %s."
                .formatted(manifest.batch(), told(broken, VerifyErrors::count)),
            "It breaks what the contracts promise, and no later event of this cut explains it: %s."
                .formatted(told(broken, VerifyErrors::examples)),
            ("Look at the rows (`bin/changelake query --as-of %s`) and where they came from"
                    + " (`bin/changelake history %s --key <value>`). Correct them at their source, so"
                    + " that a later batch brings the correction; or correct the contract, if it"
                    + " promises too much, and run verify again.")
                .formatted(manifest.batch(), table(broken)))
        .notRetryable();
  }

  static String torn(Finding finding) {
    return "%s, which the next batch can mend: %s"
        .formatted(count(finding), String.join(", ", finding.examples()));
  }

  private static String told(List<Finding> findings, Function<Finding, String> how) {
    return findings.stream().map(how).collect(Collectors.joining("; "));
  }

  private static String count(Finding finding) {
    return "%s: %s, %s in %d %s"
        .formatted(
            finding.table(),
            finding.expectation(),
            finding.verdict() == Finding.Verdict.TORN ? "torn" : "broken",
            finding.violations(),
            finding.violations() == 1 ? "row" : "rows");
  }

  private static String examples(Finding finding) {
    return finding.table() + " " + String.join(", ", finding.examples());
  }

  private static String table(List<Finding> broken) {
    return broken.stream()
        .map(Finding::table)
        .filter(table -> !table.equals(VerifyRun.WHOLE_BATCH))
        .findFirst()
        .orElse("<table>");
  }
}
