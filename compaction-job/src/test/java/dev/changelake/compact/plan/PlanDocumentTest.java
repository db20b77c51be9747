package dev.changelake.compact.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.changelake.compact.store.SealedJson;
import dev.changelake.contract.DriftKind;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Plans are kept for years: their form stays. */
class PlanDocumentTest {
  private static final String GOLDEN =
      """
      {
        "sha256" : "0296ebc68cb2da4b53769f85acb29f66d8f9094fd538fcfeed4a51b9eca72bea",
        "content" : {
          "acceptance" : {
            "adoption" : {
              "fromEarliest" : [ "b2b.public.orders" ],
              "retired" : [ "invoices" ]
            },
            "holes" : {
              "b2b.public.companies" : [ {
                "end" : 7,
                "partition" : 0,
                "start" : 6
              } ]
            },
            "lost" : {
              "b2b.public.companies" : [ {
                "end" : 5,
                "partition" : 0,
                "start" : 3
              } ]
            },
            "morePartitions" : [ "b2b.public.leads" ],
            "newTopicIds" : [ "b2b.public.orders" ],
            "order" : {
              "lsnRestarts" : {
                "b2b.public.companies" : {
                  "1" : 0
                }
              },
              "replays" : [ "b2b.public.orders" ],
              "undecided" : [ "b2b.public.leads" ]
            },
            "quarantineShare" : 0.25,
            "who" : "ada",
            "why" : "retention was too short"
          },
          "alignment" : {
            "lastTransactions" : {
              "b2b.transaction" : "571"
            },
            "left" : {
              "b2b.public.companies" : 2
            },
            "oldestLeft" : "2020-06-23T00:59:59Z",
            "otherTables" : [ "public.notes" ],
            "waitsFor" : {
              "expected" : {
                "b2b.public.companies" : 2
              },
              "read" : {
                "b2b.public.companies" : 1
              },
              "transaction" : "572"
            }
          },
          "batch" : "2020-06-22.companies",
          "businessDate" : "2020-06-22",
          "createdAt" : "2020-06-23T01:00:00.123Z",
          "kind" : "kafka",
          "name" : "00000007.001",
          "retired" : [ "invoices", "notes" ],
          "schemaVersion" : 1,
          "topics" : [ {
            "evolutions" : [ {
              "column" : "vat_number",
              "first" : "0:5",
              "from" : "",
              "kind" : "added",
              "n" : 7,
              "nullable" : true,
              "records" : 2,
              "type" : "string"
            } ],
            "holes" : [ {
              "end" : 7,
              "partition" : 0,
              "start" : 6
            } ],
            "lost" : [ {
              "end" : 5,
              "partition" : 0,
              "start" : 3
            } ],
            "lsnRestarts" : [ {
              "n" : 6,
              "offset" : 2,
              "partition" : 0
            } ],
            "partitions" : [ {
              "highWatermark" : 11,
              "lastStableOffset" : 9,
              "range" : {
                "end" : 9,
                "partition" : 0,
                "start" : 5
              }
            }, {
              "highWatermark" : 0,
              "lastStableOffset" : 0,
              "range" : {
                "end" : 0,
                "partition" : 1,
                "start" : 0
              }
            } ],
            "replays" : [ ],
            "since" : 3,
            "table" : "companies",
            "topic" : "b2b.public.companies",
            "topicId" : "a topic id"
          } ],
          "writer" : "driver"
        }
      }""";

  private final Plan plan =
      new Plan(
          1,
          PlanKind.KAFKA,
          PlanName.parse("00000007.001"),
          new BatchId("2020-06-22.companies"),
          LocalDate.of(2020, 6, 22),
          List.of(
              new TopicPlan(
                  "companies",
                  "b2b.public.companies",
                  "a topic id",
                  List.of(
                      new PartitionPlan(new OffsetRange(0, 5, 9), 9, 11),
                      new PartitionPlan(new OffsetRange(1, 0, 0), 0, 0)),
                  List.of(new OffsetRange(0, 3, 5)),
                  List.of(new OffsetRange(0, 6, 7)),
                  List.of(new LsnRestart(6, 0, 2)),
                  3,
                  List.of(),
                  List.of(
                      new Evolution(
                          7, DriftKind.ADDED, "vat_number", "", "string", true, 2, "0:5")))),
          Optional.of(
              new Alignment(
                  Map.of("b2b.transaction", "571"),
                  Map.of("b2b.public.companies", 2L),
                  Optional.of(
                      new Alignment.Waiting(
                          "572",
                          Map.of("b2b.public.companies", 1L),
                          Optional.of(Map.of("b2b.public.companies", 2L)))),
                  Optional.of(Instant.parse("2020-06-23T00:59:59Z")),
                  Set.of("public.notes"))),
          Optional.of(
              new Acceptance(
                  "ada",
                  "retention was too short",
                  Optional.of(new BigDecimal("0.25")),
                  Map.of("b2b.public.companies", List.of(new OffsetRange(0, 3, 5))),
                  Map.of("b2b.public.companies", List.of(new OffsetRange(0, 6, 7))),
                  Set.of("b2b.public.orders"),
                  Set.of("b2b.public.leads"),
                  new OrderDecision(
                      Map.of("b2b.public.companies", Map.of(1, 0L)),
                      Set.of("b2b.public.orders"),
                      Set.of("b2b.public.leads")),
                  new AdoptionDecision(Set.of("b2b.public.orders"), Set.of("invoices")))),
          Set.of("invoices", "notes"),
          Instant.parse("2020-06-23T01:00:00.123Z"),
          "driver");

  @Test
  void planIsWrittenInItsForm() {
    // when
    String text = new String(SealedJson.write(plan), StandardCharsets.UTF_8);
    // then
    assertThat(text).isEqualTo(GOLDEN);
  }

  @Test
  void planOfThatFormIsRead() {
    // when
    Plan read = SealedJson.read("golden.json", GOLDEN.getBytes(StandardCharsets.UTF_8), Plan.class);
    // then
    assertThat(read).isEqualTo(plan);
  }

  @Test
  void planFromBeforeAlignmentEndsWhereItsTopicsStood() throws IOException {
    // given
    ObjectNode content = (ObjectNode) SealedJson.mapper().readTree(GOLDEN).get("content");
    content.remove("alignment");
    // when
    Plan read = SealedJson.read("old.json", SealedJson.write(content), Plan.class);
    // then
    assertThat(read.alignment()).isEmpty();
    assertThat(read.topics()).isEqualTo(plan.topics());
  }

  @Test
  void planFromBeforeTablesCouldBeRetiredFollowsAll() throws IOException {
    // given
    ObjectNode content = (ObjectNode) SealedJson.mapper().readTree(GOLDEN).get("content");
    content.remove("retired");
    ((ObjectNode) content.get("acceptance")).remove("adoption");
    // when
    Plan read = SealedJson.read("old.json", SealedJson.write(content), Plan.class);
    // then
    assertThat(read.retired()).isEmpty();
    assertThat(read.acceptance().orElseThrow().adoption()).isEqualTo(AdoptionDecision.none());
  }
}
