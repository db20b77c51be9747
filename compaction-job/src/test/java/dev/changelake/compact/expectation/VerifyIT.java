package dev.changelake.compact.expectation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changelake.compact.batch.Manifest;
import dev.changelake.compact.lake.BatchRun;
import dev.changelake.compact.lake.BatchRun.Outcome;
import dev.changelake.compact.lake.Lake;
import dev.changelake.compact.plan.BatchId;
import dev.changelake.compact.result.Finding;
import dev.changelake.compact.result.Finding.Verdict;
import dev.changelake.compact.result.RunResult;
import dev.changelake.compact.source.JobUnderTest;
import dev.changelake.compact.stack.TestStack;
import dev.changelake.error.ErrorCategory;
import dev.changelake.error.Failure;
import io.delta.tables.DeltaTable;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Batches that keep their promises, that the cut tore, and that are broken. */
class VerifyIT {
  private static final String DAY_1 = "2020-06-22";
  private static final String DAY_2 = "2020-06-23";
  private static final String DAY_3 = "2020-06-24";
  private static final String MEMBERS_TEAM = "members: team_id is a key of teams";

  private final TestStack stack = TestStack.get();
  @TempDir private Path folder;
  private TeamTopics topics;
  private JobUnderTest job;
  private Lake lake;

  @BeforeEach
  void freshLake() {
    job =
        new JobUnderTest(stack, stack.freshLake(Map.of("contracts.directory", folder.toString())));
    topics = new TeamTopics(stack, folder);
    lake = job.lake();
  }

  @Test
  @Tag("thorough")
  void whatTheCutToreIsToldAndIsBrokenIfTheNextBatchDoesNotMendIt() {
    // given
    topics.teams(1, 2);
    topics.member(10, 1L);
    topics.member(11, 2L);
    topics.member(12, null);
    topics.visit("2020-06-22", 1, 10);
    job.compact(DAY_1);
    // when
    RunResult first = verify(DAY_1, false);
    RunResult second = verify(DAY_1, false);
    RunResult again = verify(DAY_1, true);
    // then
    assertThat(first.status()).isEqualTo(RunResult.Status.SUCCEEDED);
    assertThat(violations(first.findings())).isEmpty();
    assertThat(first.findings())
        .extracting(finding -> finding.table() + ": " + finding.expectation())
        .contains(
            "(batch): business date not before that of the batch before",
            "members: key (member_id) is unique and not null",
            MEMBERS_TEAM,
            "members: row count changed as the ledger tells",
            "members: not empty, unless it was before",
            "teams: required columns hold no null",
            "visits: visit_date not after the business date",
            "weblogs: log_date not after the business date",
            "orders: company_id is a key of companies")
        .doesNotHaveDuplicates();
    assertThat(second.status()).isEqualTo(RunResult.Status.ALREADY_FINISHED);
    assertThat(second.findings()).isEqualTo(first.findings());
    assertThat(again.status()).isEqualTo(RunResult.Status.SUCCEEDED);
    assertThat(marks()).containsExactly("00000001.2020-06-22.json");

    // given
    topics.member(20, 9L);
    topics.member(21, 8L);
    topics.deleteTeam(2);
    job.compact(DAY_2);
    // when
    RunResult torn = verify(DAY_2, false);
    // then
    assertThat(torn.status()).isEqualTo(RunResult.Status.SUCCEEDED);
    assertThat(violations(torn.findings()))
        .containsExactly(
            MEMBERS_TEAM
                + " TORN 3 [member_id=11 (team_id=2), member_id=20 (team_id=9), member_id=21"
                + " (team_id=8)]");
    assertThat(torn.warnings())
        .containsExactly(
            MEMBERS_TEAM
                + ", torn in 3 rows, which the next batch can mend: member_id=11 (team_id=2),"
                + " member_id=20 (team_id=9), member_id=21 (team_id=8)");
    assertThat(isVerified(DAY_2)).isTrue();

    // given
    topics.teams(9);
    topics.member(30, 7L);
    // Written again, it lacks the same parent again.
    topics.member(21, 8L);
    job.compact(DAY_3);
    // when
    RunResult broken = verify(DAY_3, false);
    // then
    assertThat(broken.status()).isEqualTo(RunResult.Status.FAILED);
    assertThat(violations(broken.findings()))
        .containsExactly(
            MEMBERS_TEAM + " BROKEN 2 [member_id=11 (team_id=2), member_id=21 (team_id=8)]",
            MEMBERS_TEAM + " TORN 1 [member_id=30 (team_id=7)]");
    Failure failure = broken.failure().orElseThrow();
    assertThat(failure.exitCode()).isEqualTo(ErrorCategory.DATA.exitCode());
    assertThat(failure.retryable()).isFalse();
    assertThat(failure.problem())
        .isEqualTo("Batch 2020-06-24 is not verified: " + MEMBERS_TEAM + ", broken in 2 rows.");
    assertThat(failure.why()).contains("members member_id=11 (team_id=2), member_id=21");
    assertThat(failure.remedy()).contains("bin/changelake history members --key");
    assertThat(isVerified(DAY_2)).isTrue();
    assertThat(isVerified(DAY_3)).isFalse();
  }

  @Test
  void whatNoMergeWritesIsFoundInTheVersionsThatTheManifestNames() {
    // given
    topics.teams(1, 2);
    topics.member(10, 1L);
    topics.visit("2020-06-22", 1, 10);
    topics.visit("2020-06-23", 1, 10);
    job.compact(DAY_1);
    Manifest manifest = lake.batches().find(new BatchId(DAY_1)).orElseThrow();
    Verifications.of(lake).mark(Verification.of(manifest, Clock.systemUTC().instant(), List.of()));
    String teams = lake.layout().table("teams");
    stack.spark().sql("INSERT INTO delta.`%s` SELECT * FROM delta.`%s`".formatted(teams, teams));
    stack
        .spark()
        .sql("ALTER TABLE delta.`%s` ALTER COLUMN team_name DROP NOT NULL".formatted(teams));
    stack.spark().sql("UPDATE delta.`%s` SET team_name = null WHERE team_id = 2".formatted(teams));
    stack.spark().sql("DELETE FROM delta.`%s`".formatted(lake.layout().table("members")));
    // when
    Outcome outcome = verifyRun().run(with(manifest, "teams", "members"), true, finding -> {});
    // then
    assertThat(violations(outcome.findings()))
        .containsExactly(
            "members: row count changed as the ledger tells BROKEN 1"
                + " [0 rows (0 before, 1 inserted, 0 deleted)]",
            "teams: key (team_id) is unique and not null BROKEN 4"
                + " [team_id=1 (2 rows), team_id=2 (2 rows)]",
            "teams: required columns hold no null BROKEN 2"
                + " [team_id=2 (team_name=null), team_id=2 (team_name=null)]",
            "teams: row count changed as the ledger tells BROKEN 2"
                + " [4 rows (0 before, 2 inserted, 0 deleted)]",
            "visits: visit_date not after the business date BROKEN 1"
                + " [visit_date=2020-06-23, visit_number=1 (business date 2020-06-22)]",
            "visits: member_id is a key of members TORN 2"
                + " [visit_date=2020-06-22, visit_number=1 (member_id=10),"
                + " visit_date=2020-06-23, visit_number=1 (member_id=10)]");
    assertThat(outcome.failure()).isPresent();
    assertThat(marks()).isEmpty();
  }

  /** The manifest, with the newest versions of these tables. */
  private Manifest with(Manifest manifest, String... tables) {
    Map<String, Long> versions = new TreeMap<>(manifest.tables());
    for (String table : tables) {
      String path = lake.layout().table(table);
      versions.put(
          table, DeltaTable.forPath(stack.spark(), path).history(1).first().<Long>getAs("version"));
    }
    return new Manifest(
        manifest.schemaVersion(),
        manifest.plan(),
        manifest.batch(),
        manifest.businessDate(),
        manifest.retentionDays(),
        versions,
        manifest.absent(),
        manifest.changes(),
        manifest.rows(),
        manifest.topicLedgers(),
        manifest.tableLedgers(),
        manifest.createdAt());
  }

  private RunResult verify(String batch, boolean again) {
    return new BatchRun(lake, Clock.systemUTC())
        .run(
            "verify",
            new BatchId(batch),
            manifest -> verifyRun().run(manifest, again, finding -> {}));
  }

  private VerifyRun verifyRun() {
    return new VerifyRun(stack.spark(), lake, topics.contracts(), Clock.systemUTC());
  }

  private boolean isVerified(String batch) {
    return Verifications.of(lake).isVerified(lake.batches().find(new BatchId(batch)).orElseThrow());
  }

  private List<String> marks() {
    return lake.files().list("data/_changelake/verified");
  }

  private static List<String> violations(List<Finding> findings) {
    return findings.stream()
        .filter(finding -> finding.verdict() != Verdict.HOLDS)
        .map(
            finding ->
                "%s: %s %s %d %s"
                    .formatted(
                        finding.table(),
                        finding.expectation(),
                        finding.verdict(),
                        finding.violations(),
                        finding.examples()))
        .toList();
  }
}
