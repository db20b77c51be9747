package dev.changelake.compact.align;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.changelake.compact.batch.Manifest;
import dev.changelake.compact.result.RunResult;
import dev.changelake.compact.source.JobUnderTest;
import dev.changelake.compact.stack.TestStack;
import dev.changelake.config.Configuration;
import dev.changelake.error.ChangelakeException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A transfer between two tables whose second half comes after the batch was frozen. */
class AlignedBatchIT {
  private final TestStack stack = TestStack.get();
  @TempDir private Path folder;

  @Test
  void transferIsTornByTheMomentAndNotByAnEndBetweenTransactions() throws Exception {
    Configuration aligned = lake(stack.freshLake(Map.of()).bucket(), "transactions");
    Configuration torn = stack.configuration(entries(stack.freshBucket(Map.of()), "none"));
    try (TransferTopics topics = new TransferTopics(stack, folder)) {
      // given
      topics.holds(7, "checking", 1, 100);
      // when
      ChangelakeException withoutMetadata =
          catchThrowableOfType(ChangelakeException.class, () -> job(aligned).compact("2020-06-21"));
      // then
      assertThat(withoutMetadata.problem()).startsWith("There is no topic b2b.transaction");

      // given
      stack.topics().create(List.of("b2b.transaction"), 1);
      topics.begin(7);
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
      RunResult nothingNew = job(aligned).compact("2020-06-24");
      // then
      assertThat(accounts(aligned, "2020-06-23")).containsExactly("checking 1 60", "savings 1 40");
      assertThat(second.warnings()).isEmpty();
      assertThat(nothingNew.manifest()).map(Manifest::aligned).contains(true);

      // given, a batch without alignment that tears one
      topics.begin(9);
      topics.holds(9, "checking", 1, 0);
      Configuration once = lake(aligned.bucket(), "none");
      job(once).compact("2020-06-25");
      topics.holds(9, "savings", 1, 100);
      topics.end(9);
      // when
      RunResult mended = job(aligned).compact("2020-06-26");
      // then
      assertThat(accounts(aligned, "2020-06-25")).containsExactly("checking 1 0", "savings 1 40");
      assertThat(accounts(aligned, "2020-06-26")).containsExactly("checking 1 0", "savings 1 100");
      assertThat(mended.warnings()).isEmpty();
    }
  }

  private Configuration lake(String bucket, String align) {
    return stack.configuration(entries(Map.of("lake.bucket", bucket), align));
  }

  private Map<String, String> entries(Map<String, String> lake, String align) {
    Map<String, String> all = new HashMap<>(lake);
    all.put("contracts.directory", folder.toString());
    all.put("lake.align", align);
    return all;
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
