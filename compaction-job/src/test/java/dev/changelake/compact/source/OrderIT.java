package dev.changelake.compact.source;

import static dev.changelake.compact.source.JobUnderTest.lines;
import static dev.changelake.compact.source.NotesTopic.LEFT_OUT;
import static dev.changelake.compact.source.NotesTopic.colored;
import static dev.changelake.compact.source.NotesTopic.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.changelake.compact.batch.Manifest;
import dev.changelake.compact.ledger.TableLedger;
import dev.changelake.compact.plan.Acceptance;
import dev.changelake.compact.plan.AdoptionDecision;
import dev.changelake.compact.plan.OrderDecision;
import dev.changelake.compact.result.RunResult;
import dev.changelake.compact.run.Progress.Step;
import dev.changelake.compact.stack.TestStack;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rule of order in real tables: what is left out, undone at once, restored, and replayed. */
class OrderIT {
  @TempDir private Path folder;

  private final TestStack stack = TestStack.get();
  private NotesTopic topic;
  private JobUnderTest job;

  @BeforeEach
  void lakeOfNotes() {
    // A fresh lake takes all topics away.
    job =
        new JobUnderTest(
            stack,
            stack.freshLake(
                Map.of(
                    "contracts.directory", folder.toString(), "lake.quarantine-max-share", "1")));
    topic = new NotesTopic(stack, folder);
  }

  @Test
  @Tag("thorough")
  void quarantinedRecordComesBackAtItsPlaceWithWhatFollowedIt() {
    // given: of note 1 an update that cannot be read, then one that leaves its text out;
    // of note 2 an update that cannot be read, and a newer one in the next batch
    topic.change("c", 1, 10, row(1, 1, "first"));
    topic.change("c", 2, 11, row(2, 1, "second"));
    topic.change("u", 1, 20, colored(1, 2, "changed", "red"));
    topic.change("u", 1, 30, row(1, 3, LEFT_OUT));
    topic.change("u", 2, 31, colored(2, 2, "lost?", "blue"));
    TableLedger first = ledger(job.compact("2020-06-22"));
    topic.change("u", 1, 40, row(1, 4, LEFT_OUT));
    topic.change("u", 2, 41, row(2, 9, "newest"));
    TableLedger second = ledger(job.compact("2020-06-23"));
    List<String> before = notes("2020-06-23", "");

    // when: the contract learns the column
    NotesTopic.contractWithColor(folder);
    job.replayAndDieAfter("2020-06-23.replay", Optional.of("unknown_column"), Step.MERGED);
    RunResult replay = job.replay("2020-06-23.replay", Optional.of("unknown_column"));
    RunResult again = job.replay("2020-06-23.replay", Optional.of("unknown_column"));
    topic.change("u", 1, 50, row(1, 5, LEFT_OUT));
    TableLedger third = ledger(job.compact("2020-06-24"));

    // then
    assertThat(first.quarantined()).isEqualTo(2);
    assertThat(first.unresolved()).isEqualTo(1);
    assertThat(second.unresolved()).isEqualTo(1);
    assertThat(before).containsExactly("1 1 first", "2 9 newest");
    TableLedger replayed = ledger(replay);
    assertThat(replayed.landed()).isEqualTo(5);
    assertThat(replayed.winners()).isEqualTo(1);
    assertThat(replayed.superseded()).isEqualTo(2);
    assertThat(replayed.replays()).isEqualTo(2);
    assertThat(again.status()).isEqualTo(RunResult.Status.ALREADY_FINISHED);
    assertThat(notes("2020-06-23.replay", "color"))
        .containsExactly("1 4 changed null", "2 9 newest null");
    assertThat(third.landed()).isEqualTo(1);
    assertThat(notes("2020-06-24", "color")).containsExactly("1 5 changed null", "2 9 newest null");
    assertThat(job.views("2020-06-24").quarantine(Optional.of("notes")).orElseThrow().count())
        .isZero();
    assertThat(job.views("2020-06-23").quarantine(Optional.of("notes")).orElseThrow().count())
        .isEqualTo(2);
    assertThat(
            catchThrowableOfType(
                    ChangelakeException.class,
                    () -> job.replay("2020-06-24.replay", Optional.empty()))
                .problem())
        .isEqualTo("There is nothing to replay in batch 2020-06-24.replay.");
  }

  @Test
  void truncateRemovesWhatCameBeforeIt() {
    // given
    topic.change("c", 1, 10, row(1, 1, "stored"));
    topic.change("c", 2, 11, row(2, 1, "stored"));
    job.compact("2020-06-22");
    topic.change("c", 3, 20, row(3, 1, "in the batch"));
    topic.change("u", 1, 21, row(1, 2, "in the batch"));
    topic.truncate(30);
    topic.change("c", 2, 40, row(2, 2, "after it"));
    // when
    TableLedger ledger = ledger(job.compact("2020-06-23"));
    topic.change("u", 1, 21, row(1, 2, "a replay"));
    job.compact("2020-06-24");
    // then
    assertThat(notes("2020-06-23", "")).containsExactly("2 2 after it");
    assertThat(notes("2020-06-24", "")).containsExactly("2 2 after it");
    assertThat(ledger.truncates()).isEqualTo(1);
    assertThat(ledger.truncated()).isEqualTo(2);
    assertThat(ledger.superseded()).isEqualTo(2);
    assertThat(List.of(ledger.updated(), ledger.deleted(), ledger.withoutEffect()))
        .containsExactly(1L, 1L, 1L);
  }

  @Test
  void positionsThatFellBackWaitForSomebodyWhoKnows() {
    // given: the source was restored, and its positions count from a lower number
    topic.change("c", 1, 1_000, row(1, 1, "before"));
    job.compact("2020-06-22");
    topic.change("c", 2, 4, 2_000, row(2, 1, "after"));
    topic.change("u", 1, 5, 2_001, row(1, 2, "after"));
    // when
    ChangelakeException stopped =
        catchThrowableOfType(ChangelakeException.class, () -> job.compact("2020-06-23"));
    job.revise("2020-06-23", restartAt(2));
    job.compact("2020-06-23");
    topic.change("u", 1, 4, 2_000, row(1, 3, "a replay"));
    topic.change("u", 2, 7, 2_002, row(2, 2, LEFT_OUT));
    Manifest last = job.compact("2020-06-24").manifest().orElseThrow();
    // then
    assertThat(stopped.category()).isEqualTo(ErrorCategory.DATA);
    assertThat(stopped.problem()).startsWith("1 records of notes have a lower log position");
    assertThat(stopped.remedy())
        .contains(" --accept-lsn-restart b2b.public.notes:0:2")
        .contains(" --accept-replays b2b.public.notes");
    assertThat(notes("2020-06-23", "")).containsExactly("1 2 after", "2 1 after");
    assertThat(notes("2020-06-24", "")).containsExactly("1 2 after", "2 2 after");
    assertThat(ledger(last).replays()).isEqualTo(1);
  }

  @Test
  @Tag("thorough")
  void keysThatMovedToAnotherPartitionGoByTheirPositions() {
    // given
    topic.change("c", 1, 10, row(1, 1, "stored"));
    topic.change("c", 2, 11, row(2, 1, "stored"));
    job.compact("2020-06-22");
    topic.change("u", 1, 20, row(1, 2, "old partition"));
    topic.addPartition();
    topic.change(1, "u", 1, 30L, row(1, 3, "new partition"));
    topic.change(1, "u", 2, 5L, row(2, 0, "a replay"));
    topic.change(1, "u", 2, 31L, row(2, 2, LEFT_OUT));

    // when
    TableLedger moved =
        ledger(job.compact("2020-06-23", decision(Set.of(NotesTopic.NAME), OrderDecision.none())));
    topic.change("u", 1, 40, row(1, 4, "which of them?"));
    topic.change(1, "r", 1, null, row(1, 5, "or this?"));
    topic.change(1, "u", 2, 50L, row(2, 3, "of another key"));
    ChangelakeException stopped =
        catchThrowableOfType(ChangelakeException.class, () -> job.compact("2020-06-24"));
    job.revise(
        "2020-06-24",
        decision(Set.of(), new OrderDecision(Map.of(), Set.of(), Set.of(NotesTopic.NAME))));
    TableLedger open = ledger(job.compact("2020-06-24"));

    // then
    assertThat(notes("2020-06-23", "")).containsExactly("1 3 new partition", "2 2 stored");
    assertThat(List.of(moved.winners(), moved.superseded(), moved.replays()))
        .containsExactly(2L, 1L, 1L);
    assertThat(stopped.category()).isEqualTo(ErrorCategory.DATA);
    assertThat(stopped.remedy()).contains(" --accept-undecided b2b.public.notes");
    assertThat(open.unresolved()).isEqualTo(2);
    assertThat(notes("2020-06-24", "")).containsExactly("1 3 new partition", "2 3 of another key");
  }

  @Test
  @Tag("thorough")
  void positionsThatFellBackAreReplaysIfSomebodySaysSo() {
    // given
    topic.change("c", 1, 1_000, row(1, 1, "before"));
    job.compact("2020-06-22");
    topic.change("u", 1, 5, 2_001, row(1, 2, "a clock that was set back"));
    job.compactAndDieAfter("2020-06-23", Step.LANDED);

    // when
    job.revise(
        "2020-06-23",
        decision(Set.of(), new OrderDecision(Map.of(), Set.of(NotesTopic.NAME), Set.of())));
    TableLedger ledger = ledger(job.compact("2020-06-23"));

    // then
    assertThat(ledger.replays()).isEqualTo(1);
    assertThat(notes("2020-06-23", "")).containsExactly("1 1 before");
  }

  private static Acceptance decision(Set<String> morePartitions, OrderDecision order) {
    return new Acceptance(
        "ada",
        "a test",
        Optional.empty(),
        Map.of(),
        Map.of(),
        Set.of(),
        morePartitions,
        order,
        AdoptionDecision.none());
  }

  private static Acceptance restartAt(long offset) {
    return new Acceptance(
        "ada",
        "failed over",
        Optional.empty(),
        Map.of(),
        Map.of(),
        Set.of(),
        Set.of(),
        new OrderDecision(Map.of(NotesTopic.NAME, Map.of(0, offset)), Set.of(), Set.of()),
        AdoptionDecision.none());
  }

  private List<String> notes(String asOf, String further) {
    String[] columns =
        further.isEmpty()
            ? new String[] {"id", "stars", "text"}
            : new String[] {"id", "stars", "text", further};
    return lines(job.views(asOf).table("notes").selectExpr(columns));
  }

  private static TableLedger ledger(RunResult result) {
    return ledger(result.manifest().orElseThrow());
  }

  private static TableLedger ledger(Manifest manifest) {
    return manifest.tableLedgers().stream()
        .filter(ledger -> ledger.table().equals("notes"))
        .findFirst()
        .orElseThrow();
  }
}
