package dev.changelake.compact.source;

import static dev.changelake.compact.source.JobUnderTest.lines;
import static dev.changelake.compact.source.NotesTopic.LEFT_OUT;
import static dev.changelake.compact.source.NotesTopic.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.changelake.compact.batch.Manifest;
import dev.changelake.compact.ledger.TableLedger;
import dev.changelake.compact.plan.Acceptance;
import dev.changelake.compact.stack.TestStack;
import dev.changelake.envelope.SourceOrigin;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables of the same name that a router sent to one topic. */
class OtherSourceIT {
  @TempDir private Path folder;

  private final TestStack stack = TestStack.get();
  private NotesTopic topic;
  private JobUnderTest job;

  @BeforeEach
  void lakeOfNotes() {
    job =
        new JobUnderTest(
            stack,
            stack.freshLake(
                Map.of(
                    "contracts.directory", folder.toString(), "lake.quarantine-max-share", "1")));
    topic = new NotesTopic(stack, folder);
  }

  @Test
  void firstBatchPinsWhoseRowsTheTopicHolds() {
    // given: rows of one tenant; then another's, with each operation and the same keys
    topic.changeIn("tenant_a", "r", 1L, 10, row(1, 1, "of a"));
    topic.changeIn("tenant_a", "c", 2L, 11, row(2, 1, "of a"));
    Manifest first = job.compact("2020-06-22").manifest().orElseThrow();
    topic.changeIn("tenant_b", "r", 1L, 20, row(1, 9, "of b"));
    topic.changeIn("tenant_b", "u", 2L, 21, row(2, 9, "of b"));
    topic.changeIn("tenant_a", "u", 1L, 22, row(1, 2, LEFT_OUT));
    topic.changeIn("tenant_b", "d", 1L, 23, "null");
    topic.changeIn("tenant_a", "u", 1L, 24, row(1, 3, LEFT_OUT));
    topic.tombstone(1);
    topic.changeIn("tenant_b", "t", null, 25, "null");
    topic.changeIn("tenant_b", "d", 2L, 26, "null");
    // when: the next batch begins with the tombstone
    Manifest second = job.compact("2020-06-23").manifest().orElseThrow();
    topic.tombstone(2);
    Manifest third = job.compact("2020-06-24").manifest().orElseThrow();
    job.replay("2020-06-24.replay", Optional.of("other_source"));
    // then
    assertThat(first.originOf("notes")).isEqualTo(new SourceOrigin("b2b", "shop", "tenant_a"));
    assertThat(second.topicLedgers().get(0).reasons()).isEqualTo(Map.of("other_source", 5L));
    assertThat(notes("2020-06-23")).containsExactly("1 3 of a", "2 1 of a");
    assertThat(notes("2020-06-24")).containsExactly("1 3 of a", "2 1 of a");
    assertThat(third.tableLedgers())
        .filteredOn(ledger -> ledger.table().equals("notes"))
        .singleElement()
        .extracting(TableLedger::tombstones)
        .isEqualTo(1L);
    assertThat(notes("2020-06-24.replay")).containsExactly("1 3 of a", "2 1 of a");
  }

  @Test
  void ofSeveralInTheFirstBatchNoneIsGuessed() {
    // given
    topic.changeIn("tenant_b", "c", 1L, 10, row(1, 9, "of b"));
    topic.changeIn("tenant_a", "c", 1L, 11, row(1, 1, "of a"));
    // when
    ChangelakeException stopped =
        catchThrowableOfType(ChangelakeException.class, () -> job.compact("2020-06-22"));
    NotesTopic.contractOfSchema(folder, "tenant_a");
    job.revise(
        "2020-06-22",
        new Acceptance(
            "ada", "a's notes", Optional.empty(), Map.of(), Map.of(), Set.of(), Set.of()));
    Manifest manifest = job.compact("2020-06-22").manifest().orElseThrow();
    // then
    assertThat(stopped.category()).isEqualTo(ErrorCategory.DATA);
    assertThat(stopped.why()).contains("source.schema [tenant_a, tenant_b]");
    assertThat(stopped.remedy()).contains("\"source\"").contains("--batch 2020-06-22");
    assertThat(notes("2020-06-22")).containsExactly("1 1 of a");
    assertThat(manifest.topicLedgers().get(0).reasons()).isEqualTo(Map.of("other_source", 1L));
  }

  private List<String> notes(String asOf) {
    return lines(job.views(asOf).table("notes").selectExpr("id", "stars", "text"));
  }
}
