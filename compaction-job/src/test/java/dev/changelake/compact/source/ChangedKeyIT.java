package dev.changelake.compact.source;

import static dev.changelake.compact.source.JobUnderTest.lines;
import static dev.changelake.compact.source.NotesTopic.LEFT_OUT;
import static dev.changelake.compact.source.NotesTopic.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.changelake.compact.ledger.TableLedger;
import dev.changelake.compact.stack.TestStack;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Updates of a key that leave a large value out, which the row had under its old key. */
class ChangedKeyIT {
  @TempDir private Path folder;

  @Test
  void leftOutValueIsThatOfTheOldKeysRow() {
    // given
    TestStack stack = TestStack.get();
    JobUnderTest job =
        new JobUnderTest(stack, stack.freshLake(Map.of("contracts.directory", folder.toString())));
    NotesTopic topic = new NotesTopic(stack, folder);
    topic.change("c", 1, 10, row(1, 1, "one"));
    topic.change("c", 2, 11, row(2, 1, "two"));
    topic.change("c", 3, 12, row(3, 1, "three"));
    job.compact("2020-06-22");
    // when: 2 becomes 20, then 200, and another row 2 is made; 1 and 3 are swapped
    topic.move(2, 20, 20, 2);
    topic.change("u", 20, 21, row(20, 3, LEFT_OUT));
    topic.move(20, 200, 22, 4);
    topic.change("c", 2, 23, row(2, 9, "another two"));
    topic.move(1, 99, 30, 5);
    topic.move(3, 1, 31, 6);
    topic.move(99, 3, 32, 7);
    TableLedger second = ledger(job, "2020-06-23");
    // then the connector says some of it again, and goes on
    topic.move(99, 3, 32, 7);
    topic.change("u", 3, 40, row(3, 8, LEFT_OUT));
    topic.change("u", 200, 41, row(200, 5, LEFT_OUT));
    // and a batch ends between the halves of two changes, of which one is changed again
    topic.moveAway(200, 50);
    topic.moveAway(3, 51);
    TableLedger third = ledger(job, "2020-06-24");
    topic.moveIn(200, 2000, 50, 6);
    topic.moveIn(3, 30, 51, 9);
    topic.move(30, 300, 52, 10);
    TableLedger fourth = ledger(job, "2020-06-25");
    // then
    assertThat(notes(job, "2020-06-23"))
        .containsExactly("1 6 three", "2 9 another two", "200 4 two", "3 7 one");
    assertThat(second.unresolved()).isZero();
    assertThat(notes(job, "2020-06-24")).containsExactly("1 6 three", "2 9 another two");
    assertThat(third.unresolved()).isZero();
    assertThat(notes(job, "2020-06-25"))
        .containsExactly("1 6 three", "2 9 another two", "2000 6 two", "300 10 one");
    assertThat(fourth.unresolved()).isZero();
  }

  private static TableLedger ledger(JobUnderTest job, String batch) {
    return job.compact(batch).manifest().orElseThrow().tableLedgers().stream()
        .filter(ledger -> ledger.table().equals("notes"))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> notes(JobUnderTest job, String asOf) {
    return lines(job.views(asOf).table("notes").selectExpr("id", "stars", "text"));
  }
}
