package dev.changelake.compact.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.changelake.compact.ledger.TableDrift;
import dev.changelake.compact.ledger.TableLedger;
import dev.changelake.compact.ledger.TopicLedger;
import dev.changelake.compact.ledger.TopicLedger.PartitionLedger;
import dev.changelake.compact.plan.BatchId;
import dev.changelake.compact.plan.OffsetRange;
import dev.changelake.compact.plan.PlanName;
import dev.changelake.compact.store.SealedJson;
import dev.changelake.contract.DriftKind;
import dev.changelake.contract.DriftPolicy;
import dev.changelake.envelope.SourceOrigin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Manifests are kept for years: their form stays. */
class ManifestDocumentTest {
  private static final String GOLDEN =
      """
      {
        "sha256" : "c44e540b5295b509f0cbc8337da9c7807d874cc2be1f8f7face793e3bf10a976",
        "content" : {
          "absent" : {
            "companies" : 2
          },
          "aligned" : true,
          "batch" : "2020-06-22",
          "businessDate" : "2020-06-22",
          "changes" : {
            "companies" : 9
          },
          "createdAt" : "2020-06-23T01:00:00.123Z",
          "drifts" : [ {
            "column" : "company_id",
            "first" : "0:7",
            "from" : "company_id",
            "kind" : "key",
            "outcome" : "held",
            "policy" : "hold",
            "records" : 1,
            "table" : "companies",
            "to" : "id"
          } ],
          "origins" : {
            "companies" : {
              "db" : "b2b",
              "name" : "b2b",
              "schema" : "public"
            }
          },
          "plan" : "00000007.001",
          "retentionDays" : 400,
          "rows" : {
            "companies" : 5001
          },
          "schemaVersion" : 1,
          "tableLedgers" : [ {
            "conflicts" : 0,
            "control" : 0,
            "deleted" : 0,
            "filtered" : 0,
            "inserted" : 1,
            "landed" : 3,
            "moved" : 0,
            "overtaken" : 0,
            "quarantined" : 1,
            "replays" : 0,
            "superseded" : 0,
            "table" : "companies",
            "tombstones" : 0,
            "truncated" : 0,
            "truncates" : 0,
            "unavailableCells" : 0,
            "unresolved" : 0,
            "updated" : 0,
            "winners" : 2,
            "withoutEffect" : 1
          } ],
          "tables" : {
            "companies" : 4
          },
          "topicLedgers" : [ {
            "controls" : {
              "heartbeat" : 1
            },
            "leavingOut" : 2,
            "lost" : [ {
              "end" : 5,
              "partition" : 0,
              "start" : 3
            } ],
            "partitions" : [ {
              "holes" : [ {
                "end" : 7,
                "partition" : 0,
                "start" : 6
              } ],
              "offsets" : 4,
              "range" : {
                "end" : 10,
                "partition" : 0,
                "start" : 5
              },
              "rows" : 4,
              "startsWithTombstone" : true
            } ],
            "reasons" : {
              "missing_key" : 1
            },
            "statuses" : {
              "change" : 1,
              "control" : 1,
              "quarantined" : 1,
              "tombstone" : 1
            },
            "table" : "companies",
            "topic" : "b2b.public.companies"
          } ]
        }
      }""";

  private final Manifest manifest =
      new Manifest(
          1,
          PlanName.parse("00000007.001"),
          new BatchId("2020-06-22"),
          LocalDate.of(2020, 6, 22),
          true,
          400,
          Map.of("companies", 4L),
          Map.of("companies", 2L),
          Map.of("companies", 9L),
          Map.of("companies", 5001L),
          List.of(
              new TopicLedger(
                  "companies",
                  "b2b.public.companies",
                  List.of(
                      new PartitionLedger(
                          new OffsetRange(0, 5, 10),
                          4,
                          4,
                          List.of(new OffsetRange(0, 6, 7)),
                          true)),
                  Map.of("change", 1L, "tombstone", 1L, "control", 1L, "quarantined", 1L),
                  Map.of("missing_key", 1L),
                  Map.of("heartbeat", 1L),
                  2,
                  List.of(new OffsetRange(0, 3, 5)))),
          List.of(
              new TableLedger(
                  "companies", 3, 2, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0)),
          List.of(
              new TableDrift(
                  "companies",
                  DriftKind.KEY,
                  "company_id",
                  "company_id",
                  "id",
                  DriftPolicy.HOLD,
                  TableDrift.Outcome.HELD,
                  1,
                  "0:7")),
          Map.of("companies", new SourceOrigin("b2b", "b2b", "public")),
          Instant.parse("2020-06-23T01:00:00.123Z"));

  @Test
  void manifestIsWrittenInItsForm() {
    // when
    String text = new String(SealedJson.write(manifest), StandardCharsets.UTF_8);
    // then
    assertThat(text).isEqualTo(GOLDEN);
  }

  @Test
  void manifestOfThatFormIsRead() {
    // when
    Manifest read =
        SealedJson.read("golden.json", GOLDEN.getBytes(StandardCharsets.UTF_8), Manifest.class);
    // then
    assertThat(read).isEqualTo(manifest);
  }

  @Test
  void manifestFromBeforeAlignmentIsNotAligned() throws IOException {
    // given
    ObjectNode content = (ObjectNode) SealedJson.mapper().readTree(GOLDEN).get("content");
    content.remove("aligned");
    content.remove("origins");
    // when
    Manifest read = SealedJson.read("old.json", SealedJson.write(content), Manifest.class);
    // then
    assertThat(read.aligned()).isFalse();
    assertThat(read.originOf("companies")).isEqualTo(SourceOrigin.UNKNOWN);
    assertThat(read.tables()).isEqualTo(manifest.tables());
  }

  @Test
  void tellsVersionsOfWhatItHas() {
    assertThat(manifest.tableVersion("companies")).hasValue(4);
    assertThat(manifest.absentVersion("companies")).hasValue(2);
    assertThat(manifest.changesVersion("companies")).hasValue(9);
    assertThat(manifest.tableVersion("orders")).isEmpty();
    assertThat(manifest.rowsOf("companies")).isEqualTo(5001);
    assertThat(manifest.rowsOf("orders")).isZero();
  }

  @Test
  void unknownFormIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new Manifest(
                    2,
                    manifest.plan(),
                    manifest.batch(),
                    manifest.businessDate(),
                    400,
                    Map.of(),
                    Map.of(),
                    Map.of(),
                    Map.of(),
                    List.of(),
                    List.of(),
                    Instant.EPOCH))
        .withMessageContaining("version 2");
  }
}
