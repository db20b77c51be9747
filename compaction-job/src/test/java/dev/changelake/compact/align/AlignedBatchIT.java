package dev.changelake.compact.align;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changelake.compact.batch.Manifest;
import dev.changelake.compact.result.RunResult;
import dev.changelake.compact.source.JobUnderTest;
import dev.changelake.compact.stack.TestStack;
import dev.changelake.config.Configuration;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A transfer between two tables whose second half comes after the batch was frozen. */
class AlignedBatchIT {
  private final TestStack stack = TestStack.get();
  @TempDir private Path folder;

  @Test
  @Tag("thorough")
  void transferIsTornByTheMomentAndNotByAnEndBetweenTransactions() throws Exception {
    stack.freshLake(Map.of());
    Configuration aligned = lake("transactions");
    Configuration torn = lake("none");
    try (TransferTopics topics = new TransferTopics(stack, folder)) {
      // given
      stack.topics().create(List.of("b2b.transaction"), 1);
      topics.begin(7);
      topics.holds(7, "checking", 1, 100);
      topics.holds(7, "savings", 1, 0);
      topics.end(7);
      topics.begin(8);
      topics.holds(8, "checking", 1, 60);
      // when
      RunResult first = job(aligned).compact("2020-06-22");
      RunResult moment = job(torn).compact("2020-06-22");
      // then
      assertThat(accounts(torn, "2020-06-22")).containsExactly("checking 1 60", "savings 1 0");
      assertThat(moment.manifest()).map(Manifest::aligned).contains(false);
      assertThat(accounts(aligned, "2020-06-22")).containsExactly("checking 1 100", "savings 1 0");
      assertThat(first.manifest()).map(Manifest::aligned).contains(true);
      assertThat(first.warnings())
          .anySatisfy(
              warning ->
                  assertThat(warning)
                      .startsWith(
                          "1 offsets of b2b.public.checking are left to the next batch, since"
                              + " transaction 8 had not come whole: its end was not there"));

      // given
      topics.holds(8, "savings", 1, 40);
      topics.end(8);
      // when
      RunResult second = job(aligned).compact("2020-06-23");
      // then
      assertThat(accounts(aligned, "2020-06-23")).containsExactly("checking 1 60", "savings 1 40");
      assertThat(second.warnings()).isEmpty();
    }
  }

  private Configuration lake(String align) {
    Map<String, String> entries = stack.freshBucket(Map.of("lake.align", align));
    entries.put("contracts.directory", folder.toString());
    return stack.configuration(entries);
  }

  private JobUnderTest job(Configuration configuration) {
    return new JobUnderTest(stack, configuration);
  }

  /** The accounts of both tables as of a batch. */
  private List<String> accounts(Configuration configuration, String asOf) {
    return List.of("checking", "savings").stream()
        .flatMap(
            table ->
                JobUnderTest.lines(
                    job(configuration)
                        .views(asOf)
                        .table(table)
                        .selectExpr("'%s'".formatted(table), "account_id", "amount"))
                    .stream())
        .toList();
  }
}
