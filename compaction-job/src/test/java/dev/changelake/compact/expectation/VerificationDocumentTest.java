package dev.changelake.compact.expectation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.changelake.compact.batch.Manifest;
import dev.changelake.compact.batch.Manifests;
import dev.changelake.compact.plan.BatchId;
import dev.changelake.compact.plan.InMemoryLakeFiles;
import dev.changelake.compact.result.Finding;
import dev.changelake.compact.result.Finding.Verdict;
import dev.changelake.compact.store.SealedJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Marks are kept for years: their form stays. */
class VerificationDocumentTest {
  private static final String GOLDEN =
      """
      {
        "sha256" : "f8ed155b8008dc8ed25eb7df212c197e9dae4fbdf2a4cb06187334eb718acd3a",
        "content" : {
          "batch" : "2020-06-22",
          "findings" : [ {
            "examples" : [ ],
            "expectation" : "key (order_id) is unique and not null",
            "table" : "orders",
            "verdict" : "HOLDS",
            "violations" : 0
          }, {
            "examples" : [ "order_id=7 (company_id=3)" ],
            "expectation" : "company_id is a key of companies",
            "table" : "orders",
            "verdict" : "TORN",
            "violations" : 1
          } ],
          "plan" : "00000007.000",
          "schemaVersion" : 1,
          "verifiedAt" : "2020-06-23T02:00:00.500Z"
        }
      }""";

  private static final Instant VERIFIED_AT = Instant.parse("2020-06-23T02:00:00.5Z");

  private final Manifest manifest =
      Manifests.of(7, "2020-06-22", "2020-06-22", "2020-06-23T01:00:00Z");
  private final Verification verification =
      Verification.of(
          manifest,
          VERIFIED_AT,
          List.of(
              new Expectation("orders", "key (order_id) is unique and not null").holds(),
              finding(Verdict.TORN)));
  private final InMemoryLakeFiles files = new InMemoryLakeFiles();
  private final Verifications verifications = new Verifications(files, files);

  @Test
  void markIsWrittenInItsForm() {
    // when
    String text = new String(SealedJson.write(verification), StandardCharsets.UTF_8);
    // then
    assertThat(text).isEqualTo(GOLDEN);
  }

  @Test
  void markOfThatFormIsRead() {
    // when
    Verification read =
        SealedJson.read("golden.json", GOLDEN.getBytes(StandardCharsets.UTF_8), Verification.class);
    // then
    assertThat(read).isEqualTo(verification);
  }

  @Test
  void unknownFormIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new Verification(2, manifest.plan(), manifest.batch(), VERIFIED_AT, List.of()))
        .withMessageContaining("version 2");
  }

  @Test
  void brokenBatchGetsNoMark() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Verification.of(manifest, VERIFIED_AT, List.of(finding(Verdict.BROKEN))));
  }

  @Test
  void batchIsVerifiedWhileItHasItsMark() {
    // given
    assertThat(verifications.isVerified(manifest)).isFalse();
    // when
    verifications.mark(verification);
    verifications.mark(Verification.of(manifest, VERIFIED_AT.plusSeconds(1), List.of()));
    // then
    assertThat(files.list("data/_changelake/verified")).containsExactly("00000007.2020-06-22.json");
    assertThat(verifications.find(manifest)).contains(verification);
    assertThat(verifications.all().contains(7, manifest.batch())).isTrue();
    assertThat(verifications.all().contains(7, new BatchId("2020-06-23"))).isFalse();
    assertThat(verifications.all().contains(8, manifest.batch())).isFalse();
    // when
    verifications.withdraw(manifest);
    // then
    assertThat(verifications.isVerified(manifest)).isFalse();
  }

  private static Finding finding(Verdict verdict) {
    return new Expectation("orders", "company_id is a key of companies")
        .violated(verdict, 1, List.of("order_id=7 (company_id=3)"));
  }
}
