package dev.changelake.compact.expectation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changelake.compact.batch.Manifests;
import dev.changelake.compact.result.Finding;
import dev.changelake.compact.result.Finding.Verdict;
import dev.changelake.contract.TableContracts;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What counts make of expectations. */
class FindingsTest {
  private final TableContracts contracts = TableContracts.load(Optional.empty());

  @Test
  void rowsThatTheLedgerExplainsAreAsExpected() {
    assertThat(new RowBalance("orders", 10, 3, 2, 11).findings())
        .extracting(Finding::verdict)
        .containsOnly(Verdict.HOLDS);
  }

  @Test
  void rowsThatTheLedgerDoesNotExplainAreCountedEitherWay() {
    for (long now : List.of(9L, 13L)) {
      Finding finding = new RowBalance("orders", 10, 3, 2, now).findings().get(0);
      assertThat(finding.verdict()).isEqualTo(Verdict.BROKEN);
      assertThat(finding.violations()).isEqualTo(2);
      assertThat(finding.examples())
          .containsExactly(now + " rows (10 before, 3 inserted, 2 deleted)");
    }
  }

  @Test
  void tableThatLostAllItsRowsIsBrokenThoughTheLedgerExplainsIt() {
    // when
    List<Finding> emptied = new RowBalance("orders", 10, 0, 10, 0).findings();
    List<Finding> neverFilled = new RowBalance("orders", 0, 0, 0, 0).findings();
    // then
    assertThat(emptied).extracting(Finding::verdict).containsExactly(Verdict.HOLDS, Verdict.BROKEN);
    assertThat(emptied.get(1).violations()).isEqualTo(10);
    assertThat(neverFilled)
        .extracting(Finding::verdict)
        .containsExactly(Verdict.HOLDS, Verdict.HOLDS);
  }

  @Test
  void brokenAndTornRowsOfAForeignKeyAreFindingsOfTheirOwn() {
    // given
    ForeignKey key =
        ForeignKey.of(contracts.get("products"), contracts::get).stream().findFirst().orElseThrow();
    // then
    assertThat(findings(key, 0, 0)).containsExactly("HOLDS 0 []");
    assertThat(findings(key, 2, 0)).containsExactly("BROKEN 2 [a BROKEN one]");
    assertThat(findings(key, 0, 3)).containsExactly("TORN 3 [a TORN one]");
    assertThat(findings(key, 2, 3))
        .containsExactly("BROKEN 2 [a BROKEN one]", "TORN 3 [a TORN one]");
  }

  @Test
  void foreignKeysAreThoseOfTheContract() {
    assertThat(ForeignKey.of(contracts.get("orders"), contracts::get))
        .extracting(key -> key.column() + " " + key.parent().table())
        .containsExactly("prod_id products", "customer_id customers", "company_id companies");
  }

  @Test
  void refusalNamesTableExpectationCountAndExamples() {
    // given
    Finding ofTheBatch =
        new Expectation(VerifyRun.WHOLE_BATCH, "is dated").found(1, () -> List.of("x"));
    Finding ofOrders =
        new Expectation("orders", "is good").found(7, () -> List.of("order_id=1 (a)"));
    // when
    ChangelakeException failure =
        VerifyErrors.broken(
            Manifests.of(7, "2020-06-22", "2020-06-22", "2020-06-23T01:00:00Z"),
            List.of(ofTheBatch, ofOrders));
    // then
    assertThat(failure.category()).isEqualTo(ErrorCategory.DATA);
    assertThat(failure.retryable()).isFalse();
    assertThat(failure.problem())
        .isEqualTo(
            "Batch 2020-06-22 is not verified: (batch): is dated, broken in 1 row; orders: is good,"
                + " broken in 7 rows.");
    assertThat(failure.why()).endsWith(": (batch) x; orders order_id=1 (a).");
    assertThat(failure.remedy()).contains("bin/changelake history orders --key <value>");
  }

  private static List<String> findings(ForeignKey key, long broken, long torn) {
    return key.findings(broken, torn, verdict -> List.of("a " + verdict + " one")).stream()
        .map(f -> "%s %d %s".formatted(f.verdict(), f.violations(), f.examples()))
        .toList();
  }
}
