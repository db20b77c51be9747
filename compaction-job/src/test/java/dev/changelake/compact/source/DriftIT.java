package dev.changelake.compact.source;

import static dev.changelake.compact.source.JobUnderTest.lines;
import static dev.changelake.compact.source.JobUnderTest.nothing;
import static dev.changelake.compact.source.JobUnderTest.quarantineShare;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.changelake.compact.batch.Manifest;
import dev.changelake.compact.history.OutputsUnderTest;
import dev.changelake.compact.ledger.TableDrift;
import dev.changelake.compact.result.RunResult;
import dev.changelake.compact.run.Progress.Step;
import dev.changelake.compact.stack.TestStack;
import dev.changelake.config.Configuration;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Columns that change at the source, by each policy, from the topic to the warehouse. */
@Tag("thorough")
class DriftIT {
  private static final String DAY_1 = "2020-06-22";
  private static final String DAY_2 = "2020-06-23";
  private static final String DAY_3 = "2020-06-24";
  private static final String DAY_4 = "2020-06-25";
  private static final String COLUMNS =
      ", {\"name\": \"price\", \"type\": \"decimal(9,2)\"}, {\"name\": \"amount\", \"type\": \"int\"}"
          + ", {\"name\": \"note\", \"type\": \"string\"}";

  @TempDir private Path folder;
  private final TestStack stack = TestStack.get();
  private Configuration lake;
  private JobUnderTest job;

  @BeforeEach
  void makesALake() {
    lake = stack.freshLake(Map.of("contracts.directory", folder.toString()));
    job = new JobUnderTest(stack, lake);
  }

  @Test
  void theTableFollowsItsSourceHoweverOftenTheRunDies() throws SQLException {
    // given
    DriftingTopic.contract(
        folder, COLUMNS, "\"added\": \"evolve\", \"widened\": \"evolve\", \"dropped\": \"evolve\"");
    try (DriftingTopic topic = topic()) {
      topic.send("c", 1, new BigDecimal("1.25"), 7, "one");
      topic.send("c", 2, new BigDecimal("2.50"), 8, "two");
      Manifest first = job.compact(DAY_1).manifest().orElseThrow();
      OutputsUnderTest outputs = new OutputsUnderTest(lake, job.lake());
      outputs.publish(first, "parts");

      // when
      topic.send("c", 3, new BigDecimal("3.00"), 9, "three");
      topic.alter("color", "string", true).alterToNumeric("price", 12, 4);
      topic.alter("amount", "int64", true);
      topic.send("c", 4, new BigDecimal("12345678.0001"), 3_000_000_000L, "four", "red");
      topic.send("u", 1, new BigDecimal("1.2500"), null, "one", "blue");
      job.compactAndDieAfter(DAY_2, Step.MERGED);
      RunResult second = job.compact(DAY_2);
      topic.drop("note").send("c", 5, new BigDecimal("5"), 1L, "green");
      RunResult third = job.compact(DAY_3);
      topic.send("u", 2, new BigDecimal("2.5001"), 2L, null);
      Manifest fourth = job.compact(DAY_4).manifest().orElseThrow();
      outputs.publish(fourth, "parts");
      List<String> loaded = warehouse(outputs);

      // then
      assertThat(parts(DAY_1)).containsExactly("1 1.25 7 one", "2 2.50 8 two");
      assertThat(schema(DAY_1))
          .containsExactly("id bigint", "price decimal(9,2)", "amount int", "note string");
      assertThat(parts(DAY_2))
          .containsExactly(
              "1 1.2500 null one blue",
              "2 2.5000 8 two null",
              "3 3.0000 9 three null",
              "4 12345678.0001 3000000000 four red");
      assertThat(schema(DAY_2))
          .containsExactly(
              "id bigint", "price decimal(12,4)", "amount bigint", "note string", "color string");
      assertThat(drifts(second))
          .containsExactly(
              "ADDED color  string EVOLVED 2 0:3",
              "WIDENED amount int bigint EVOLVED 1 0:3",
              "WIDENED price decimal(9,2) decimal(12,4) EVOLVED 1 0:3",
              "WIDENED amount bigint null EVOLVED 1 0:4");
      assertThat(second.warnings())
          .anyMatch(warning -> warning.contains("has the new column color"));
      assertThat(second.manifest().orElseThrow().topicLedgers().get(0).reasons()).isEmpty();
      assertThat(loaded)
          .containsExactly(
              "(1,1.2500,,one,blue)",
              "(2,2.5001,2,,)",
              "(3,3.0000,9,three,)",
              "(4,12345678.0001,3000000000,four,red)",
              "(5,5.0000,1,,green)");
      assertThat(drifts(third)).containsExactly("DROPPED note string  EVOLVED 1 0:5");
      assertThat(fourth.drifts()).isEmpty();
      assertThat(fourth.plan().revision()).isZero();
      assertThat(parts(DAY_4))
          .containsExactly(
              "1 1.2500 null one blue",
              "2 2.5001 2 null null",
              "3 3.0000 9 three null",
              "4 12345678.0001 3000000000 four red",
              "5 5.0000 1 null green");
    }
  }

  @Test
  void theRunStopsAndGoesOnOnceTheContractFits() {
    // given
    DriftingTopic.contract(folder, COLUMNS, "\"renamed\": \"stop\", \"added\": \"evolve\"");
    try (DriftingTopic topic = topic()) {
      topic.send("c", 1, new BigDecimal("1.25"), 7, "one");
      Manifest first = job.compact(DAY_1).manifest().orElseThrow();
      topic.drop("note").alter("remark", "string", false);
      topic.send("u", 1, new BigDecimal("1.25"), 7, "uno");

      // when
      ChangelakeException stopped =
          catchThrowableOfType(ChangelakeException.class, () -> job.compact(DAY_2));
      DriftingTopic.contract(
          folder,
          COLUMNS.replace("\"note\",", "\"note\", \"aliases\": [\"remark\"],"),
          "\"renamed\": \"stop\"");
      job.revise(DAY_2, nothing());
      Manifest second = job.compact(DAY_2).manifest().orElseThrow();

      // then
      assertThat(stopped.category()).isEqualTo(ErrorCategory.DATA);
      assertThat(stopped.why())
          .contains("parts lacks note and has remark, in 1 records from 0:1 on (drift.renamed)")
          .contains("No table was changed.");
      assertThat(stopped.remedy()).contains("compact revise --batch " + DAY_2);
      assertThat(first.tableVersion("parts")).isPresent();
      assertThat(second.drifts()).isEmpty();
      assertThat(parts(DAY_2)).containsExactly("1 1.25 7 uno");
    }
  }

  @Test
  void whatIsHeldIsToldAndComesBack() {
    // given
    DriftingTopic.contract(folder, COLUMNS, "");
    try (DriftingTopic topic = topic()) {
      topic.send("c", 1, new BigDecimal("1.25"), 7, "one");
      topic.alter("color", "string", true);
      topic.send("c", 2, new BigDecimal("2.50"), 8, "two", "red");
      topic.raw(
          "{\"id\":3,\"region\":\"eu\"}", "{\"op\":\"c\",\"source\":{},\"after\":{\"id\":3}}");

      // when
      RunResult held = job.compact(DAY_1, quarantineShare("0.7"));
      DriftingTopic.contract(
          folder,
          COLUMNS
              + ", {\"name\": \"color\", \"type\": \"string\", \"nullable\": true, \"omittable\": true}",
          "");
      RunResult replayed = job.replay(DAY_2, Optional.of("unknown_column"));

      // then
      assertThat(parts(DAY_1)).containsExactly("1 1.25 7 one");
      assertThat(drifts(held))
          .containsExactly("ADDED color  string HELD 1 0:1", "KEY id id id, region HELD 1 0:2");
      assertThat(held.warnings()).anyMatch(warning -> warning.contains("drift.added: hold"));
      assertThat(replayed.manifest().orElseThrow().drifts()).isEmpty();
      assertThat(parts(DAY_2)).containsExactly("1 1.25 7 one null", "2 2.50 8 two red");
    }
  }

  private DriftingTopic topic() {
    return new DriftingTopic(stack)
        .alterToNumeric("price", 9, 2)
        .alter("amount", "int32", false)
        .alter("note", "string", false);
  }

  private static List<String> drifts(RunResult result) {
    return result.manifest().orElseThrow().drifts().stream()
        .map(
            (TableDrift drift) ->
                "%s %s %s %s %s %d %s"
                    .formatted(
                        drift.kind(),
                        drift.column(),
                        drift.from(),
                        drift.to(),
                        drift.outcome(),
                        drift.records(),
                        drift.first()))
        .toList();
  }

  private List<String> parts(String asOf) {
    return lines(job.views(asOf).table("parts").selectExpr(names(asOf)));
  }

  private List<String> schema(String asOf) {
    StructType schema = job.views(asOf).table("parts").schema();
    List<String> columns = new ArrayList<>();
    for (String name : names(asOf)) {
      columns.add(name + " " + schema.apply(name).dataType().sql().toLowerCase(Locale.ROOT));
    }
    return columns;
  }

  private String[] names(String asOf) {
    return List.of(job.views(asOf).table("parts").columns()).stream()
        .filter(name -> !name.startsWith("_"))
        .toArray(String[]::new);
  }

  /** The rows of the warehouse, in PostgreSQL's own words. */
  private static List<String> warehouse(OutputsUnderTest outputs) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = outputs.connect();
        Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery(
                "SELECT t::text FROM %s t ORDER BY id".formatted(outputs.warehouse("parts")))) {
      while (found.next()) {
        rows.add(found.getString(1));
      }
    }
    return rows;
  }
}
